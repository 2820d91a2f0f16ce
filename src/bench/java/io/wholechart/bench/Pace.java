package io.wholechart.bench;

import java.util.concurrent.locks.LockSupport;

/** Waits for a moment more exactly than a sleep does. */
final class Pace {
  private static final long SPIN_NANOS = 100_000;

  private Pace() {}

  static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
