package io.wholechart.admission;

import java.time.Duration;

/**
 * The block {@code admission}.
 *
 * @param maxInFlight requests that are served at once, of all urgencies
 * @param emergencyReserve places of these that only emergencies get
 * @param urgentReserve further places that only emergencies and urgent requests get
 * @param maxWait how long a request waits for its turn at most
 * @param maxLag how late our own work may be before fewer requests are started
 */
public record AdmissionSettings(
    int maxInFlight, int emergencyReserve, int urgentReserve, Duration maxWait, Duration maxLag) {
  private static final int MOST = 100_000;

  public AdmissionSettings {
    require(maxInFlight >= 4 && maxInFlight <= MOST, "maxInFlight must lie between 4 and " + MOST);
    require(
        emergencyReserve >= 1 && emergencyReserve <= maxInFlight / 2,
        "emergencyReserve must lie between 1 and half of maxInFlight");
    require(
        urgentReserve >= 0 && urgentReserve <= maxInFlight / 4,
        "urgentReserve must lie between 0 and a quarter of maxInFlight");
    require(
        maxWait.compareTo(Duration.ofMillis(10)) >= 0
            && maxWait.compareTo(Duration.ofMinutes(1)) <= 0,
        "maxWait must lie between 10ms and 1m");
    require(
        maxLag.compareTo(Duration.ofMillis(5)) >= 0 && maxLag.compareTo(Duration.ofSeconds(5)) <= 0,
        "maxLag must lie between 5ms and 5s");
  }

  /** How many requests there may be in a lane and in the less urgent ones together. */
  int limit(Lane lane) {
    int normal = maxInFlight - emergencyReserve - urgentReserve;
    return switch (lane) {
      case EMERGENCY -> maxInFlight;
      case URGENT -> maxInFlight - emergencyReserve;
      case NORMAL -> normal;
      case BATCH -> Math.max(1, normal / 2);
    };
  }

  private static void require(boolean isFulfilled, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(problem);
    }
  }
}
