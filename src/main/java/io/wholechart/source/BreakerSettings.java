package io.wholechart.source;

import java.time.Duration;

/**
 * The block {@code breaker}: when a source is left in peace, and how it is tried again.
 *
 * @param window how far back calls count, in whole seconds
 * @param minimumCalls how many there must have been in it: a handful says nothing
 * @param failurePercent from which share of failures on the source is not asked
 * @param openFor how long it is left in peace; short, since a source that is well again is needed
 * @param trialCalls how many calls then decide whether it is
 */
public record BreakerSettings(
    Duration window, int minimumCalls, int failurePercent, Duration openFor, int trialCalls) {

  public BreakerSettings {
    require(
        window.toSeconds() >= 1 && window.equals(Duration.ofSeconds(window.toSeconds())),
        "window must be whole seconds, at least 1s");
    require(minimumCalls > 0, "minimumCalls must be at least 1");
    require(failurePercent > 0 && failurePercent <= 100, "failurePercent must be from 1 to 100");
    require(openFor.toMillis() > 0, "openFor must be at least 1ms");
    require(trialCalls > 0, "trialCalls must be at least 1");
  }

  private static void require(boolean isFulfilled, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(problem);
    }
  }
}
