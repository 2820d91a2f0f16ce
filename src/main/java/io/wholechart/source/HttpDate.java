package io.wholechart.source;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A date as HTTP headers write it (RFC 9110, section 5.6.7). */
final class HttpDate {
  private HttpDate() {}

  /** The moment; none where the text is no such date. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
