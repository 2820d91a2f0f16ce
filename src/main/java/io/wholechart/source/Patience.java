package io.wholechart.source;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long one request waits for one source, and whether it has asked that source again already.
 */
public final class Patience {
  private final long deadline;
  private final AtomicBoolean hasAskedAgain = new AtomicBoolean();

  /**
   * @param deadline in the terms of {@link System#nanoTime}
   */
  public Patience(long deadline) {
    this.deadline = deadline;
  }

  Duration left(long now) {
    return Duration.ofNanos(deadline - now);
  }

  /** Once a source and request, however many calls and pages it has. */
  boolean mayAskAgain() {
    return hasAskedAgain.compareAndSet(false, true);
  }
}
