package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {
  @Test
  void aDateIsReadAsItStandsAndNotAsTheOneBefore() {
    for (int round = 0; round < 2; round++) {
      assertThat(HttpDate.parse("Thu, 26 Nov 2026 16:26:12 GMT"))
          .contains(Instant.parse("2026-11-26T16:26:12Z"));
      assertThat(HttpDate.parse("Thu, 26 Nov 2026 16:26:13 GMT"))
          .contains(Instant.parse("2026-11-26T16:26:13Z"));
      assertThat(HttpDate.parse("yesterday")).isEmpty();
      assertThat(HttpDate.parse("")).isEmpty();
    }
  }
}
