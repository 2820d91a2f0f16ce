package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "1 | 1",
        " 120 | 120",
        "Mon, 23 Nov 2026 10:00:07 GMT | 7",
        "Mon, 23 Nov 2026 09:00:00 GMT | 0",
        "soon | 0",
        "-1 | 0",
        "1.5 | 0",
        "99999999999999999999 | 0",
      })
  void isSecondsOrADate(String header, long seconds) {
    assertThat(RetryAfter.of(Optional.of(header), NOW))
        .isEqualTo(new Again.After(Duration.ofSeconds(seconds)));
  }

  @Test
  void withoutItThereIsNothingToWaitFor() {
    assertThat(RetryAfter.of(Optional.empty(), NOW)).isEqualTo(new Again.After(Duration.ZERO));
  }
}
