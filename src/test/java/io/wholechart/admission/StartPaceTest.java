package io.wholechart.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartPaceTest {
  static final int MOST = 100;

  private static final Duration LATE = Duration.ofMillis(60);

  private final StartPace pace = new StartPace(Duration.ofMillis(50));

  @Test
  void lagSlowsDownAndItsEndSpeedsUp() {
    assertThat(pace.perTick()).isEqualTo(MOST);
    ticks(10, LATE, MOST);
    assertThat(pace.perTick()).isBetween(30, 40);
    ticks(20, Duration.ofMillis(1), MOST);
    assertThat(pace.perTick()).isBetween(50, 60);
  }

  @Test
  void startsThatNobodyNeedsDoNotSpeedUp() {
    ticks(10, LATE, MOST);
    int slow = pace.perTick();
    ticks(50, Duration.ofMillis(1), 3);
    assertThat(pace.perTick()).isEqualTo(slow);
  }

  @Test
  void somebodyAlwaysStarts() {
    ticks(1000, Duration.ofSeconds(9), MOST);
    assertThat(pace.perTick()).isEqualTo(1);
    ticks(1, Duration.ZERO, 1);
    assertThat(pace.perTick()).isEqualTo(2);
  }

  @Test
  void lateTicksAreFewerSoThatLessCanBeStartedInATime() {
    assertThat(pace.within(Duration.ofSeconds(1))).isEqualTo(10_000);
    ticks(100, Duration.ofMillis(40), MOST);
    assertThat(pace.within(Duration.ofSeconds(1))).isBetween(2_000, 2_100);
  }

  private void ticks(int count, Duration lag, int started) {
    for (int i = 0; i < count; i++) {
      pace.tick(lag, started);
    }
  }
}
