package io.wholechart.http;

import io.wholechart.access.Entitlement;
import io.wholechart.conduct.Conduct;
import io.wholechart.conduct.Verdict;
import io.wholechart.conduct.Verdict.Alarm;
import io.wholechart.http.Problem.Kind;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Has callers wait who ask too often, and raises the alarm about those who ask for too much. */
final class CallerLimits {
  private static final Log LOG = Log.of(CallerLimits.class);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Conduct conduct;
  private final Metrics metrics;
  private final LongSupplier nanoTime;

  CallerLimits(Conduct conduct, Metrics metrics, LongSupplier nanoTime) {
    this.conduct = conduct;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /** Why charts are not to be had now; null where they are. */
  @Nullable Problem refusal(List<PatientId> patients, Urgency urgency, Exchange exchange) {
    return refusal(patients.size(), patients, urgency, exchange);
  }

  /** The same where it is not yet known whose chart it is. */
  @Nullable Problem refusalOfSearch(Urgency urgency, Exchange exchange) {
    return refusal(1, List.of(), urgency, exchange);
  }

  /** Whose chart it was. */
  void found(PatientId patient, Urgency urgency, Exchange exchange) {
    var _ = refusal(0, List.of(patient), urgency, exchange);
  }

  private @Nullable Problem refusal(
      int charts, List<PatientId> patients, Urgency urgency, Exchange exchange) {
    boolean isEmergency =
        urgency == Urgency.EMERGENCY && exchange.permit().has(Entitlement.EMERGENCY);
    Verdict verdict =
        conduct.of(exchange.permit().caller(), charts, patients, isEmergency, nanoTime.getAsLong());
    for (Alarm alarm : verdict.alarms()) {
      metrics.conductAlarm(alarm.name().toLowerCase(Locale.ROOT));
      LOG.warn(
          "the caller of request {} goes beyond what is usual ({}); the audit log says who it is",
          Safe.requestId(exchange.requestId()),
          Safe.kind(alarm));
    }
    if (!verdict.isTooOften()) {
      return null;
    }
    metrics.rateLimited();
    Duration wait = verdict.retryAfter().compareTo(SECOND) < 0 ? SECOND : verdict.retryAfter();
    return Problem.of(Kind.RATE_LIMITED, "no source was asked; ask again, less often")
        .retryAfter(wait);
  }
}
