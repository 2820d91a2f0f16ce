package io.wholechart.source;

import static io.wholechart.source.Calls.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ten calls a second, three at once. The time is scripted: waiting makes it pass. */
class RateLimitedUpstreamTest {
  private long now;
  private final List<Long> calls = new ArrayList<>();
  private final RateLimit rate = new RateLimit(new RateSettings(10, 3), () -> now);
  private int waits;
  private final Upstream upstream =
      new RateLimitedUpstream(
          _ -> {
            calls.add(Duration.ofNanos(now).toMillis());
            return WELL;
          },
          rate,
          () -> now,
          rest -> now += rest.toNanos(),
          () -> waits++);

  @Test
  void aBurstPassesAndThenEachWaitsForItsTurn() throws Exception {
    for (int i = 0; i < 6; i++) {
      assertThat(read(Duration.ofSeconds(1))).isSameAs(WELL);
    }
    assertThat(calls).containsExactly(0L, 0L, 0L, 100L, 200L, 300L);
    assertThat(waits).isEqualTo(3);
  }

  @Test
  void aQuietTimeGivesTheBurstBackAndNoMore() throws Exception {
    for (int i = 0; i < 3; i++) {
      read(Duration.ofSeconds(1));
    }
    now += Duration.ofMinutes(1).toNanos();
    for (int i = 0; i < 4; i++) {
      read(Duration.ofSeconds(1));
    }
    assertThat(calls.subList(3, 7)).containsExactly(60_000L, 60_000L, 60_000L, 60_100L);
  }

  @Test
  void whoWouldWaitPastTheDeadlineIsToldAtOnceAndTakesNobodysTurn() throws Exception {
    for (int i = 0; i < 3; i++) {
      read(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(Calls.reason(read(Duration.ofMillis(99)))).isEqualTo(FailureReason.OVERLOADED);
    }
    assertThat(read(Duration.ofMillis(100))).isSameAs(WELL);
    assertThat(calls).containsExactly(0L, 0L, 0L, 100L);
  }

  @Test
  void anExtraCallIsWaitedForByTheOthers() throws Exception {
    rate.charge();
    rate.charge();
    for (int i = 0; i < 3; i++) {
      read(Duration.ofSeconds(1));
    }
    assertThat(calls).containsExactly(0L, 100L, 200L);
  }

  private UpstreamAnswer read(Duration left) throws InterruptedException {
    return upstream.read(Calls.request(Urgency.NORMAL, Duration.ofNanos(now).plus(left)));
  }
}
