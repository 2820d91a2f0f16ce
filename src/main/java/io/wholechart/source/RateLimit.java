package io.wholechart.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * So many calls a second, and a few at once after a quiet time (a token bucket, kept as the time at
 * which it will be full: the generic cell rate algorithm).
 */
final class RateLimit {
  private final long interval;
  private final long ahead; // how far the plan may run ahead of the time
  private final LongSupplier ticker;
  private final AtomicLong planned;

  RateLimit(RateSettings settings, LongSupplier ticker) {
    this.interval = Duration.ofSeconds(1).toNanos() / settings.callsPerSecond();
    this.ahead = interval * (settings.burst() - 1L);
    this.ticker = ticker;
    this.planned = new AtomicLong(ticker.getAsLong());
  }

  /**
   * Takes the next call's turn, where it comes soon enough.
   *
   * @return how long it is until then; negative where that is longer than allowed, and no turn is
   *     taken
   */
  Duration take(Duration longest) {
    long now = ticker.getAsLong();
    while (true) {
      long before = planned.get();
      long turn = Math.max(before - now, 0);
      long wait = Math.max(turn - ahead, 0);
      if (wait > longest.toNanos()) {
        return Duration.ofNanos(-1);
      }
      if (planned.compareAndSet(before, now + turn + interval)) {
        return Duration.ofNanos(wait);
      }
    }
  }

  /** A call that is made whatever the plan says, such as a retry: the others wait the longer. */
  void charge() {
    long now = ticker.getAsLong();
    planned.updateAndGet(before -> now + Math.max(before - now, 0) + interval);
  }
}
