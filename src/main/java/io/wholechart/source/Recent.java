package io.wholechart.source;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a source's last calls were like: how long they took, and whether it asked to be left in
 * peace.
 */
final class Recent {
  private static final int REMEMBERED = 512;
  private static final int ENOUGH = 100; // fewer have no 95th percentile worth the name
  private static final int EVERY = 32; // sorting costs 10 us: not for each call
  private static final Duration THROTTLED_FOR = Duration.ofSeconds(10);

  private final long[] nanos = new long[REMEMBERED];
  private long calls;
  private long p95;
  private long peaceUntil;
  private boolean isThrottled;

  synchronized void took(long duration) {
    nanos[(int) (calls++ % REMEMBERED)] = duration;
    if (calls == ENOUGH || (calls > ENOUGH && calls % EVERY == 0)) {
      long[] sorted = Arrays.copyOf(nanos, (int) Math.min(calls, REMEMBERED));
      Arrays.sort(sorted);
      p95 = sorted[sorted.length * 95 / 100];
    }
  }

  /** The time that 95 of 100 calls stay below; none as long as too few were made. */
  synchronized Optional<Duration> p95() {
    return calls < ENOUGH ? Optional.empty() : Optional.of(Duration.ofNanos(p95));
  }

  /** It said that it is asked too much, and perhaps for how long it wants peace. */
  synchronized void throttled(Duration least, long now) {
    Duration peace = least.compareTo(THROTTLED_FOR) > 0 ? least : THROTTLED_FOR;
    peaceUntil = now + Math.min(peace.toSeconds(), 3600) * 1_000_000_000L;
    isThrottled = true;
  }

  synchronized boolean isThrottling(long now) {
    isThrottled &= now - peaceUntil < 0;
    return isThrottled;
  }
}
