package io.wholechart.source;

import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The Retry-After header: seconds, or a date (RFC 9110, section 10.2.3). */
final class RetryAfter {
  private RetryAfter() {}

  /** When to ask again. What says neither is as good as no header. */
  static Again of(Optional<String> header, Instant now) {
    return new Again.After(
        header.map(String::strip).flatMap(h -> pause(h, now)).orElse(Duration.ZERO));
  }

  private static Optional<Duration> pause(String header, Instant now) {
    if (header.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header)));
    }
    return HttpDate.parse(header)
        .map(date -> Duration.between(now, date))
        .filter(Duration::isPositive);
  }
}
