package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StampsTest {
  private Instant now = Records.NOON;
  private long nanos = 1_000;
  private final Stamps stamps = new Stamps(() -> now, () -> nanos);

  @Test
  void aStampSaysBothTimes() {
    pass(Duration.ofMillis(1500));
    assertThat(stamps.stamp().at()).isEqualTo(Records.NOON.plusMillis(1500));
    assertThat(stamps.stamp().mono()).isEqualTo(1_500_000_000L);
  }

  @Test
  void theClockThatGoesIsNotSet() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(i));
      assertThat(moved()).isZero();
    }
  }

  @Test
  void aClockThatIsSetIsTakenNoteOfOnce() {
    pass(Duration.ofSeconds(1));
    now = now.minus(Duration.ofHours(1));
    assertThat(moved()).isEqualTo(-3_600_000);
    assertThat(moved()).isZero();
    pass(Duration.ofSeconds(1));
    now = now.plus(Duration.ofHours(2));
    assertThat(moved()).isEqualTo(7_200_000);
    pass(Duration.ofSeconds(1));
    assertThat(moved()).isZero();
  }

  @Test
  void aClockThatIsSlowIsNotSet() {
    for (int i = 0; i < 1000; i++) {
      pass(Duration.ofSeconds(11));
      now = now.minusMillis(5); // five seconds of drift after all
      assertThat(moved()).isZero();
    }
  }

  @Test
  void aStampFromBeforeTheClockWasSetIsNotTakenForASecondOne() {
    pass(Duration.ofSeconds(1));
    Stamp before = stamps.stamp();
    pass(Duration.ofSeconds(1));
    now = now.minus(Duration.ofHours(1));
    assertThat(moved()).isEqualTo(-3_600_000);
    assertThat(stamps.moved(before)).isZero();
  }

  private long moved() {
    return stamps.moved(stamps.stamp());
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }
}
