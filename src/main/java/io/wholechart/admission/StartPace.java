package io.wholechart.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many requests may start a tick: a tenth less whenever our own work lags, one more whenever
 * the starts were needed and it does not.
 *
 * <p>Ticks come late when work lags, so that the rate falls at once and by itself; the limit then
 * brings the lag down.
 */
final class StartPace {
  static final Duration TICK = Duration.ofMillis(10);

  private static final int MOST = 100;
  private static final double BACKOFF = 0.9;

  private final Limit limit;
  private long lagNanos; // smoothed

  StartPace(Duration maxLag) {
    limit =
        AIMDLimit.newBuilder()
            .minLimit(1)
            .initialLimit(MOST)
            .maxLimit(MOST)
            .backoffRatio(BACKOFF)
            .timeout(maxLag.toNanos(), TimeUnit.NANOSECONDS)
            .build();
  }

  /**
   * A tick has come.
   *
   * @param lag how late
   * @param started how many requests have started since the last one
   */
  void tick(Duration lag, int started) {
    long nanos = Math.max(1, lag.toNanos()); // the library takes no zero
    lagNanos += (nanos - lagNanos) / 4;
    limit.onSample(0, nanos, started, false);
  }

  int perTick() {
    return limit.getLimit();
  }

  Duration lag() {
    return Duration.ofNanos(lagNanos);
  }

  /** How many requests can be started within a time, as things are. */
  int within(Duration time) {
    return (int) Math.max(1, perTick() * time.toNanos() / (TICK.toNanos() + lagNanos));
  }
}
