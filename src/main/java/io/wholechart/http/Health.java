package io.wholechart.http;

import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.webserver.observe.health.HealthObserver;
import io.wholechart.audit.Keeping;
import java.util.function.Supplier;

/**
 * What an orchestrator asks. No check asks a source: a slow laboratory must not have this service
 * restarted, and restarting it would not mend the laboratory.
 */
public final class Health {
  private final Supplier<Keeping> audit;
  private volatile boolean isWarm;
  private volatile boolean isStopping;

  public Health(Supplier<Keeping> audit) {
    this.audit = audit;
  }

  /** The first requests would no longer pay for loading classes and building contexts. */
  public void warm() {
    isWarm = true;
  }

  /** No new requests, please. */
  public void stopping() {
    isStopping = true;
  }

  boolean isStopping() {
    return isStopping;
  }

  HealthObserver observer() {
    return HealthObserver.builder()
        .details(true)
        .useSystemServices(false)
        .addCheck(() -> response(true), HealthCheckType.LIVENESS, "alive")
        .addCheck(() -> response(isWarm), HealthCheckType.STARTUP, "warm")
        .addCheck(() -> response(isWarm), HealthCheckType.READINESS, "warm")
        .addCheck(() -> response(!isStopping), HealthCheckType.READINESS, "accepting")
        .addCheck(this::audit, HealthCheckType.READINESS, "audit")
        .build();
  }

  /** Ready as long as emergencies can be answered: another node may be as badly off. */
  private HealthCheckResponse audit() {
    Keeping keeping = audit.get();
    return HealthCheckResponse.builder()
        .status(keeping != Keeping.NONE)
        .detail("state", keeping == Keeping.JOURNAL ? "sound" : "degraded")
        .detail("records", keeping.key())
        .build();
  }

  private static HealthCheckResponse response(boolean isUp) {
    return HealthCheckResponse.builder().status(isUp).build();
  }
}
