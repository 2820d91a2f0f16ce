package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.source.Breaker.Pass;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What two calls at the very same time do to it, as those of a source with several searches. */
class BreakerTest {
  private static final int ROUNDS = 30_000;
  private static final BreakerSettings TWO_TRIALS =
      new BreakerSettings(Duration.ofSeconds(10), 4, 50, Duration.ofSeconds(2), 2);

  private volatile long now = 5_000_000_000L;
  private final AtomicInteger ready = new AtomicInteger();

  @Test
  void trialCallsThatBeginTogetherAreBothCounted() throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        Breaker breaker = opened();
        now += Duration.ofMillis(2001).toNanos();
        ready.set(0);

        Future<Optional<Pass>> its = other.submit(() -> admitTogether(breaker));
        Optional<Pass> ours = admitTogether(breaker);
        its.get().orElseThrow().succeeded(Duration.ofMillis(1));
        ours.orElseThrow().succeeded(Duration.ofMillis(1));

        assertThat(breaker.isClosed()).as("closed, in round %d", round).isTrue();
      }
    }
  }

  /** Spins, since a thread that is woken comes too late for the moment that is meant. */
  private Optional<Pass> admitTogether(Breaker breaker) {
    ready.incrementAndGet();
    while (ready.get() < 2) {
      Thread.onSpinWait();
    }
    return breaker.admit(false);
  }

  private Breaker opened() {
    var breaker = new Breaker("pharmacy", TWO_TRIALS, () -> now);
    for (int i = 0; i < 4; i++) {
      breaker.admit(false).orElseThrow().failed(Duration.ofMillis(1));
    }
    assertThat(breaker.isOpen()).isTrue();
    return breaker;
  }
}
