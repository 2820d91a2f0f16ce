package io.wholechart.source;

/**
 * The block {@code rate}: how often a source may be asked.
 *
 * @param callsPerSecond in the long run; 0 for as often as there is something to ask
 * @param burst how many may come at once after a quiet time
 */
public record RateSettings(int callsPerSecond, int burst) {
  public RateSettings {
    if (callsPerSecond < 0) {
      throw new IllegalArgumentException("callsPerSecond must be at least 0, which is no limit");
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst must be at least 1");
    }
  }
}
