package io.wholechart;

import io.wholechart.disclosure.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From when to when, for the commands that can be told. */
final class PeriodOptions {
  private static final String FORM = "2026, 2026-01, 2026-01-31 or 2026-01-31T08:15:00Z";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "Nothing before this day or time, in UTC: " + FORM + ".")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Nothing after this day or time, which is taken whole.")
  private @Nullable String to;

  Period period() {
    Instant start = from == null ? Instant.MIN : parse("--from", from).from();
    Instant end = to == null ? Instant.MAX : parse("--to", to).until();
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("--to lies before --from");
    }
    return new Period(start, end);
  }

  private static Period parse(String option, String text) {
    return Period.of(text)
        .orElseThrow(
            () -> new IllegalArgumentException(option + " is not a date; give one as " + FORM));
  }
}
