package io.wholechart.metrics;

import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.Set;

/** A {@link Metrics} on which every recording method was called. */
final class RecordedMetrics {
  /** The methods of {@link Metrics} that are called here. */
  static final Set<String> CALLED =
      Set.of(
          "registerSource",
          "httpRequest",
          "aggregation",
          "sourceFetch",
          "authentication",
          "crosswalkLookup",
          "watchCrosswalk",
          "identityMismatch",
          "identitySuspect",
          "withheld",
          "breakGlass",
          "conductAlarm",
          "rateLimited",
          "watchDenyList",
          "sourceRetry",
          "sourceRead",
          "sourceFailover",
          "sourceHedge",
          "sourceRateWait",
          "watchBreaker",
          "auditDurable",
          "auditFailed",
          "auditOutage",
          "auditSpooled",
          "auditVolatile",
          "auditNoteLost",
          "watchAuditKeeping",
          "watchShipping",
          "shippingFailed",
          "shippingDiffers",
          "watchAuditQueue",
          "watchAuditWritable",
          "watchSourceCalls",
          "watchActiveRequests",
          "admitted",
          "shed",
          "watchAdmission",
          "watchStarts",
          "connectionCut",
          "watchConnections");

  private RecordedMetrics() {}

  static Metrics open() {
    var metrics = new Metrics(RecordedMetrics::deadline);
    metrics.registerSource("lab");
    metrics.watchSourceCalls("ehr", () -> 3);
    metrics.watchActiveRequests(() -> 4);
    metrics.watchAuditQueue(() -> 5);
    metrics.watchAuditWritable(() -> true);
    metrics.watchAdmission("normal", () -> 6);
    metrics.watchAdmission("emergency", () -> 1);
    metrics.watchStarts(() -> 10_000, () -> 0.001);
    metrics.watchConnections("server", () -> 7);
    metrics.connectionCut("head");
    metrics.admitted("normal", Duration.ofMillis(3));
    metrics.shed("normal");
    metrics.httpRequest("GET", "/patients/{id}", 200, Duration.ofMillis(12));
    metrics.httpRequest("GET", "/patients/{id}", 503, Duration.ofMillis(2050));
    metrics.aggregation(Urgency.EMERGENCY, "partial", true, Duration.ofMillis(2001));
    metrics.sourceFetch("lab", "timeout", Duration.ofSeconds(2));
    metrics.sourceRetry("lab");
    metrics.watchCrosswalk(() -> true);
    metrics.authentication("accepted");
    metrics.crosswalkLookup("found", Duration.ofMillis(3));
    metrics.identitySuspect("ehr", 1);
    metrics.withheld("ehr", 2);
    metrics.breakGlass("granted");
    metrics.conductAlarm("walk");
    metrics.rateLimited();
    metrics.watchDenyList(() -> true);
    metrics.sourceRead("lab", "circuit-open");
    metrics.sourceFailover("lab");
    metrics.sourceHedge("lab");
    metrics.sourceRateWait("lab");
    metrics.watchBreaker("lab", 0, () -> true);
    metrics.identityMismatch("ehr", 2);
    metrics.auditDurable(Duration.ofNanos(150_000));
    metrics.auditFailed();
    metrics.auditOutage();
    metrics.auditSpooled();
    metrics.auditVolatile();
    metrics.auditNoteLost();
    metrics.watchAuditKeeping("volatile", () -> true);
    metrics.watchShipping("kafka", () -> Duration.ofSeconds(2), () -> 1000);
    metrics.shippingFailed("kafka");
    metrics.shippingDiffers("kafka");
    return metrics;
  }

  static Duration deadline(Urgency urgency) {
    return switch (urgency) {
      case EMERGENCY -> Duration.ofSeconds(2);
      case URGENT -> Duration.ofSeconds(5);
      case NORMAL -> Duration.ofSeconds(10);
    };
  }
}
