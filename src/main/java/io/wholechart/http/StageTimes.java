package io.wholechart.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** By when a connection must have left each stage. */
final class StageTimes {
  private final EdgeSettings settings;
  private final LongSupplier nanoTime;

  StageTimes(EdgeSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  long end(Stage stage) {
    return nanoTime.getAsLong() + of(stage).toNanos();
  }

  private Duration of(Stage stage) {
    return switch (stage) {
      case IDLE -> settings.idleTimeout();
      case HEAD -> settings.headerTimeout();
      case BODY -> settings.bodyTimeout();
      case WRITE -> settings.writeTimeout();
      case SERVED -> throw new IllegalArgumentException("bounded by the deadline of the request");
    };
  }

  /** How often to look, so that nobody gets much more than their time. */
  Duration period() {
    Duration shortest = settings.headerTimeout();
    for (Stage stage : new Stage[] {Stage.IDLE, Stage.BODY, Stage.WRITE}) {
      shortest = of(stage).compareTo(shortest) < 0 ? of(stage) : shortest;
    }
    Duration tenth = shortest.dividedBy(10);
    Duration second = Duration.ofSeconds(1);
    return tenth.compareTo(second) < 0 ? tenth : second;
  }
}
