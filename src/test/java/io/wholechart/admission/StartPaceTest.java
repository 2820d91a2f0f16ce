package io.wholechart.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartPaceTest {
  static final int MOST = 100;

  private static final Duration LATE = Duration.ofMillis(60);
  private static final Duration ON_TIME = Duration.ofMillis(1);

  private final StartPace pace = new StartPace(Duration.ofMillis(50));

  @Test
  void lagSlowsDownAndItsEndSpeedsUp() {
    assertThat(pace.perTick()).isEqualTo(MOST);
    ticks(10, LATE);
    assertThat(pace.perTick()).isBetween(30, 40);
    ticks(5, ON_TIME);
    assertThat(pace.perTick()).isBetween(50, 70);
    ticks(100, ON_TIME);
    assertThat(pace.perTick()).isEqualTo(MOST);
  }

  /** Half a second; the starts need not be asked for. */
  @Test
  void itRecoversFromTheWorstInHalfASecond() {
    ticks(1000, Duration.ofSeconds(9));
    assertThat(pace.perTick()).as("somebody always starts").isEqualTo(1);
    ticks(1, Duration.ZERO);
    assertThat(pace.perTick()).isEqualTo(2);
    ticks(49, ON_TIME);
    assertThat(pace.perTick()).isEqualTo(MOST);
  }

  @Test
  void lateTicksAreFewerSoThatLessCanBeStartedInATime() {
    assertThat(pace.within(Duration.ofSeconds(1))).isEqualTo(10_000);
    ticks(100, Duration.ofMillis(40));
    assertThat(pace.within(Duration.ofSeconds(1))).isBetween(2_000, 2_100);
    assertThat(pace.withinOnTime(Duration.ofSeconds(1))).isEqualTo(10_000);
  }

  private void ticks(int count, Duration lag) {
    for (int i = 0; i < count; i++) {
      pace.tick(lag);
    }
  }
}
