package io.wholechart.source;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A date as HTTP headers write it (RFC 9110, section 5.6.7). */
final class HttpDate {
  // Servers write the date once a second, and all of them the same: of a hundred answers in a
  // second
  // ninety-nine need no reading, which takes longer than all other headers together.
  private static volatile HttpDate last = new HttpDate("", Optional.empty());

  private final String text;
  private final Optional<Instant> moment;

  private HttpDate(String text, Optional<Instant> moment) {
    this.text = text;
    this.moment = moment;
  }

  /** The moment; none where the text is no such date. */
  static Optional<Instant> parse(String text) {
    HttpDate known = last;
    if (!known.text.equals(text)) {
      known = new HttpDate(text, read(text));
      last = known;
    }
    return known.moment;
  }

  private static Optional<Instant> read(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
