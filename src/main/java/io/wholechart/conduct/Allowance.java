package io.wholechart.conduct;

import java.time.Duration;

/** What a caller may still ask for: a token bucket, which several charts at once may overdraw. */
final class Allowance {
  private static final double SECOND = 1e9;

  private final double perNano;
  private final int burst;
  private double left;
  private long since;

  Allowance(ConductSettings.Rate rate, long now) {
    this.perNano = rate.requestsPerSecond() / SECOND;
    this.burst = rate.burst();
    this.left = rate.burst();
    this.since = now;
  }

  /**
   * Takes so much, if there is any left; a batch larger than the burst would never be served
   * otherwise. What is refused costs nothing: whoever keeps to the pause that they are told is let
   * in. An emergency is served all the same, and owes nothing that was not there.
   *
   * @return how long to wait; zero where that is not needed
   */
  Duration take(int charts, long now) {
    if (perNano == 0) {
      return Duration.ZERO;
    }
    left = Math.min(burst, left + (now - since) * perNano);
    since = now;
    if (left >= 1) {
      left -= charts;
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil((1 - left) / perNano));
  }
}
