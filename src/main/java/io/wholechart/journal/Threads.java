package io.wholechart.journal;

import java.time.Duration;

/** Waiting for a thread of the journal to end. */
final class Threads {
  private Threads() {}

  /** Whether it ended in time; an impatient caller's interrupt is kept for later. */
  static boolean join(Thread thread, Duration within) {
    boolean isInterrupted = false;
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      try {
        return thread.join(Duration.ofNanos(end - System.nanoTime()));
      } catch (InterruptedException e) {
        isInterrupted = true;
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
