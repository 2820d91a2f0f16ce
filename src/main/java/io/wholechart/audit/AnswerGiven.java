package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import org.jspecify.annotations.Nullable;

/**
 * What was answered.
 *
 * @param completeness null where no source was asked
 * @param problem the stable type of the problem that was answered; null where there was none
 * @param digest SHA-256 of the bytes of the body, in hex; null in a summary of several answers
 * @param bytes how long the body is
 */
public record AnswerGiven(
    int httpStatus,
    @Nullable Double completeness,
    @Nullable String problem,
    Rating outcome,
    @Nullable String digest,
    long bytes) {

  /** How it went, as FHIR's AuditEvent.outcome has it. */
  public enum Rating {
    SUCCESS("0"),
    /** Served in part, or refused for what the caller did. */
    MINOR("4"),
    SERIOUS("8"),
    /** The audit log, or whose data it is, could not be relied on. */
    MAJOR("12");

    private final String code;

    Rating(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Rating of(String code) {
      for (Rating rating : values()) {
        if (rating.code.equals(code)) {
          return rating;
        }
      }
      throw new IllegalArgumentException("outcome is 0, 4, 8 or 12");
    }
  }

  public AnswerGiven {
    require(httpStatus >= 100 && httpStatus <= 599, "httpStatus", "lies between 100 and 599");
    require(
        completeness == null || (completeness >= 0 && completeness <= 1),
        "completeness",
        "lies between 0 and 1");
    if (problem != null) {
      Wording.word("problem", problem);
    }
    if (digest != null) {
      Wording.digest("digest", digest);
    }
    Wording.number("bytes", bytes);
  }

  AnswerGiven undigested() {
    return new AnswerGiven(httpStatus, null, problem, outcome, null, 0);
  }
}
