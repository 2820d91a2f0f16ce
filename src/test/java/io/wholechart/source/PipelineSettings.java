package io.wholechart.source;

import io.wholechart.fhir.Bounds;
import java.time.Duration;
import java.util.List;

/** The parts of a source's settings that most tests do not care about. */
public final class PipelineSettings {
  public static final Bounds PAYLOAD = new Bounds(50_000, 200, 1 << 20);
  public static final ConnectionSettings CONNECTION = new ConnectionSettings(List.of(), null);
  public static final RateSettings NO_RATE = new RateSettings(0, 10);
  public static final HedgeSettings HEDGE = new HedgeSettings(5);

  /** As it comes. */
  public static final BreakerSettings BREAKER =
      new BreakerSettings(Duration.ofSeconds(10), 20, 50, Duration.ofSeconds(2), 5);

  /** Never opens: for tests that make a source fail over and over to see each failure. */
  public static final BreakerSettings PATIENT_BREAKER =
      new BreakerSettings(Duration.ofSeconds(1), 1_000_000, 100, Duration.ofSeconds(1), 1);

  private PipelineSettings() {}
}
