package io.wholechart.source;

import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long one request waits for one source, how urgent that is, and whether it has asked that
 * source again already.
 */
public final class Patience {
  /** What must be left for another call: one with less time is work for nobody. */
  private static final Duration LEAST_LEFT = Duration.ofMillis(100);

  private final long deadline;
  private final Urgency urgency;
  private final AtomicBoolean hasAskedAgain = new AtomicBoolean();

  /**
   * @param deadline in the terms of {@link System#nanoTime}
   */
  public Patience(long deadline, Urgency urgency) {
    this.deadline = deadline;
    this.urgency = urgency;
  }

  public Duration left(long now) {
    return Duration.ofNanos(deadline - now);
  }

  /** Whether there is time for another call, after such a pause. */
  boolean isTimeAfter(Duration pause, long now) {
    return left(now).compareTo(pause.plus(LEAST_LEFT)) >= 0;
  }

  boolean isEmergency() {
    return urgency == Urgency.EMERGENCY;
  }

  /** Once a source and request, however many calls and pages it has. */
  boolean mayAskAgain() {
    return hasAskedAgain.compareAndSet(false, true);
  }
}
