package io.wholechart.conduct;

import java.time.Duration;

/**
 * The block {@code conduct}.
 *
 * @param rate how often a caller may ask
 * @param walk for how many patients a caller may ask before that is an alarm
 * @param emergencies how many emergencies a caller may have before that is an alarm
 */
public record ConductSettings(Rate rate, Walk walk, Emergencies emergencies) {
  private static final int MOST = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * The block {@code conduct.rate}.
   *
   * @param requestsPerSecond patients a second, in the long run; 0 for as many as there are
   * @param burst that may come at once after a quiet time; a batch may overdraw it
   */
  public record Rate(int requestsPerSecond, int burst) {
    public Rate {
      require(
          requestsPerSecond >= 0 && requestsPerSecond <= MOST, "requestsPerSecond is 0 or more");
      require(burst >= 1 && burst <= MOST, "burst is 1 or more");
    }
  }

  /**
   * The block {@code conduct.walk}.
   *
   * @param patients different ones, after which more are an alarm
   */
  public record Walk(int patients, Duration within) {
    private static final int MOST_PATIENTS = 10_000; // each is remembered

    public Walk {
      require(
          patients >= 1 && patients <= MOST_PATIENTS,
          "patients must lie between 1 and " + MOST_PATIENTS);
      requireWindow(within);
    }
  }

  /**
   * The block {@code conduct.emergencies}.
   *
   * @param requests after which more are an alarm
   */
  public record Emergencies(int requests, Duration within) {
    public Emergencies {
      require(requests >= 1 && requests <= MOST, "requests is 1 or more");
      requireWindow(within);
    }
  }

  private static void requireWindow(Duration within) {
    require(
        within.compareTo(Duration.ofSeconds(1)) >= 0 && within.compareTo(LONGEST) <= 0,
        "within must lie between 1s and 1d");
  }

  private static void require(boolean isFulfilled, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(problem);
    }
  }
}
