package io.wholechart.source;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A date as HTTP headers write it (RFC 9110, section 5.6.7). */
final class HttpDate {
  /** The date changes once a second, and reading it anew was 1.5 % of a request. */
  private static volatile Known last = new Known("", Optional.empty());

  private record Known(String text, Optional<Instant> moment) {}

  private HttpDate() {}

  /** The moment; none where the text is no such date. */
  static Optional<Instant> parse(String text) {
    Known known = last;
    if (!known.text().equals(text)) {
      known = new Known(text, read(text));
      last = known;
    }
    return known.moment();
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
