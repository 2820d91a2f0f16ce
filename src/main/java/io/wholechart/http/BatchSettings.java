package io.wholechart.http;

import java.time.Duration;

/**
 * The block {@code batch}.
 *
 * @param concurrency how many patients of one batch are gathered at once
 * @param maxDuration after that no further patient of the batch is asked for
 */
public record BatchSettings(int concurrency, Duration maxDuration) {
  public BatchSettings {
    if (concurrency < 1 || concurrency > 100) {
      throw new IllegalArgumentException("concurrency must lie between 1 and 100");
    }
    if (!maxDuration.isPositive() || maxDuration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("maxDuration must be longer than zero and at most 1h");
    }
  }
}
