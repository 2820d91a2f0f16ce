package io.wholechart.conduct;

import java.time.Duration;

/**
 * What a caller may still ask for: a token bucket, which several charts at once may overdraw. Of
 * whole nanoseconds, so that whoever waits as long as they are told is not refused by a rounding.
 */
final class Allowance {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long perChart;
  private final long most;
  private long left;
  private long since;

  Allowance(ConductSettings.Rate rate, long now) {
    this.perChart = rate.requestsPerSecond() == 0 ? 0 : SECOND / rate.requestsPerSecond();
    this.most = rate.burst() * perChart;
    this.left = most;
    this.since = now;
  }

  /**
   * Takes so much if there is anything left: a batch larger than the burst would never be served
   * otherwise. What is refused costs nothing, so that whoever keeps to the pause is let in; an
   * emergency that is served all the same owes nothing that was not there.
   *
   * @param now which may be a little before that of another thread's request
   * @return how long to wait; zero where that is not needed
   */
  Duration take(int charts, long now) {
    if (perChart == 0) {
      return Duration.ZERO;
    }
    long passed = Math.max(0, now - since);
    since += passed;
    left = Math.min(most, left + passed);
    if (left >= perChart) {
      left -= charts * perChart;
      return Duration.ZERO;
    }
    return Duration.ofNanos(perChart - left);
  }
}
