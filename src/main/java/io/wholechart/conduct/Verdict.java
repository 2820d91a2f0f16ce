package io.wholechart.conduct;

import java.time.Duration;
import java.util.Set;

/**
 * What becomes of a request.
 *
 * @param retryAfter after which it may be tried again; zero where it is served now
 * @param alarms that it raises, whether it is served or not
 */
public record Verdict(Duration retryAfter, Set<Alarm> alarms) {
  static final Verdict NOTHING = new Verdict(Duration.ZERO, Set.of());

  /** What somebody should look into. */
  public enum Alarm {
    WALK,
    EMERGENCIES
  }

  public Verdict {
    alarms = Set.copyOf(alarms);
  }

  public boolean isTooOften() {
    return !retryAfter.isZero();
  }
}
