package io.wholechart.source;

import io.wholechart.patient.Urgency;
import java.time.Duration;

/** Intakes of calls that have all the time that a test takes. */
final class Intakes {
  private Intakes() {}

  static Intake of(String source) {
    return of(source, Urgency.NORMAL);
  }

  static Intake of(String source, Urgency urgency) {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    return new Intake(source, new Patience(deadline, urgency));
  }
}
