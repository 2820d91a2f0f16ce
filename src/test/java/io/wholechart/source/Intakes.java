package io.wholechart.source;

import java.time.Duration;

/** Intakes of calls that have all the time that a test takes. */
final class Intakes {
  private Intakes() {}

  static Intake of(String source) {
    return new Intake(source, new Patience(System.nanoTime() + Duration.ofMinutes(5).toNanos()));
  }
}
