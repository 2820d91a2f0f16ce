package io.wholechart.audit;

import java.time.Duration;

/**
 * How long an emergency still waits for a disk while there is another one to turn to: a quarter of
 * a second in all its records together. Each wait may take half of what is left, so that there is
 * always some for the next place.
 */
final class Patience {
  private static final Duration IN_ALL = Duration.ofMillis(250);

  private long left = IN_ALL.toNanos();

  Duration next() {
    return Duration.ofNanos(left / 2);
  }

  void spent(long nanos) {
    left = Math.max(0, left - nanos);
  }
}
