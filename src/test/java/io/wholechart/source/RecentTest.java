package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent recent = new Recent();

  @Test
  void aHundredCallsSayWhatIsUsual() {
    for (int i = 1; i <= 99; i++) {
      recent.took(Duration.ofMillis(i).toNanos());
    }
    assertThat(recent.p95()).isEmpty();
    recent.took(Duration.ofMillis(100).toNanos());

    assertThat(recent.p95()).contains(Duration.ofMillis(96));
  }

  @Test
  void whatLiesLongBackIsForgotten() {
    for (int i = 0; i < 1000; i++) {
      recent.took(Duration.ofMillis(500).toNanos());
    }
    for (int i = 0; i < 1000; i++) {
      recent.took(Duration.ofMillis(5).toNanos());
    }

    assertThat(recent.p95()).contains(Duration.ofMillis(5));
  }

  @Test
  void aSourceThatThrottlesIsLeftInPeaceAsLongAsItAsksForAndTenSecondsAtLeast() {
    assertThat(recent.isThrottling(0)).isFalse();
    recent.throttled(Duration.ZERO, 0);
    assertThat(recent.isThrottling(Duration.ofMillis(9_999).toNanos())).isTrue();
    assertThat(recent.isThrottling(Duration.ofSeconds(10).toNanos())).isFalse();
    recent.throttled(Duration.ofSeconds(30), 0);
    assertThat(recent.isThrottling(Duration.ofSeconds(29).toNanos())).isTrue();
  }
}
