package io.wholechart.admission;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many requests may start a tick: a tenth less whenever our own work lags, a tenth more
 * whenever it does not.
 *
 * <p>Ticks come late when work lags, so that the rate falls at once and by itself; the limit then
 * brings the lag down.
 *
 * <p>It recovers whether the starts are needed or not. What lags is often the end of those who
 * started before, when their sources have answered all at once: a pace that fell then and waited to
 * be needed would have the next crowd queue, and part of it shed, in front of idle processors.
 */
final class StartPace {
  static final Duration TICK = Duration.ofMillis(10);

  private static final int MOST = 100;
  private static final double BACKOFF = 0.9;
  private static final int RECOVERY = 10; // by that part of itself

  private final Limit limit;
  private final long maxLag;
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
    this.maxLag = maxLag.toNanos();
  }

  /**
   * A tick has come.
   *
   * @param lag how late
   */
  void tick(Duration lag) {
    long nanos = Math.max(1, lag.toNanos()); // the library takes no zero
    lagNanos += (nanos - lagNanos) / 4;
    int samples = nanos > maxLag ? 1 : Math.ceilDiv(limit.getLimit(), RECOVERY); // +1 with each
    for (int i = 0; i < samples; i++) {
      limit.onSample(0, nanos, MOST, false);
    }
  }

  int perTick() {
    return limit.getLimit();
  }

  Duration lag() {
    return Duration.ofNanos(lagNanos);
  }

  /** How many requests can be started within a time, as things are. */
  int within(Duration time) {
    return within(time, lagNanos);
  }

  /** The same for a burst, whose own arrival is what lags, and is over in a moment. */
  int withinOnTime(Duration time) {
    return within(time, 0);
  }

  private int within(Duration time, long lag) {
    return (int) Math.max(1, perTick() * time.toNanos() / (TICK.toNanos() + lag));
  }
}
