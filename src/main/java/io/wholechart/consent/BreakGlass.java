package io.wholechart.consent;

import java.time.Duration;
import java.util.List;

/**
 * The wish to read past labels and the deny list, as a request states it: {@code X-Break-Glass:
 * ETREAT; found unconscious, no kin to ask}.
 */
public sealed interface BreakGlass {
  int SHORTEST_REASON = 15;
  int LONGEST_REASON = 300;

  /** Nobody wishes it. */
  record Unasked() implements BreakGlass {}

  /**
   * Somebody does.
   *
   * @param reason a person's words; they are for the record and for nothing else
   */
  record Asked(String code, String reason) implements BreakGlass {
    @Override
    public String toString() {
      return "Asked[" + code + "]"; // a reason may name anybody
    }
  }

  /** It is not stated as it has to be. */
  record Unfit(String problem) implements BreakGlass {}

  /**
   * The part {@code breakGlass} of the settings.
   *
   * @param codes what may be stated as the kind of the reason
   * @param lasts how long what was granted is
   */
  record Settings(List<String> codes, Duration lasts) {
    private static final Duration LONGEST = Duration.ofMinutes(15);

    public Settings {
      codes = List.copyOf(codes);
      if (codes.isEmpty() || !codes.stream().allMatch(c -> c.matches("[A-Za-z0-9\\-]{1,32}"))) {
        throw new IllegalArgumentException(
            "codes must name at least one, each of 1 to 32 letters, digits or '-'");
      }
      if (!lasts.isPositive() || lasts.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("lasts must be longer than zero and at most 15m");
      }
    }
  }

  /** Reads what the headers of that name say. */
  static BreakGlass of(List<String> headers, List<String> codes) {
    if (headers.isEmpty()) {
      return new Unasked();
    }
    if (headers.size() > 1) {
      return new Unfit("must be given once");
    }
    String header = headers.getFirst();
    int semicolon = header.indexOf(';');
    String code = (semicolon < 0 ? header : header.substring(0, semicolon)).strip();
    String reason = semicolon < 0 ? "" : header.substring(semicolon + 1).strip();
    if (!codes.contains(code)) {
      return new Unfit("must begin with one of " + String.join(", ", codes) + ", and a semicolon");
    }
    if (reason.length() < SHORTEST_REASON || isRepetition(reason)) {
      return new Unfit("must say why in at least " + SHORTEST_REASON + " characters");
    }
    if (reason.length() > LONGEST_REASON) {
      return new Unfit("must say why in at most " + LONGEST_REASON + " characters");
    }
    return reason.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? new Asked(code, reason)
        : new Unfit("must say why in printable ASCII characters");
  }

  /** Fifteen times the same key is no reason. */
  private static boolean isRepetition(String reason) {
    return reason.chars().filter(c -> c != ' ').distinct().count() < 4;
  }
}
