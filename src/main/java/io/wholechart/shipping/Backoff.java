package io.wholechart.shipping;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to leave a sink alone that failed: doubling, and never quite the same twice. */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 10;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** After one more failure: between half and all of what is due. */
  Duration next() {
    long due = FIRST.toMillis() << Math.min(failures++, MOST_DOUBLINGS);
    long most = Math.min(due, LONGEST.toMillis());
    return Duration.ofMillis(random.nextLong(most / 2, most + 1));
  }

  void reset() {
    failures = 0;
  }

  boolean isFirst() {
    return failures == 0;
  }
}
