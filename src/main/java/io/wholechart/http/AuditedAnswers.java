package io.wholechart.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.FormerRecord;
import io.wholechart.audit.FormerSource;
import io.wholechart.http.Problem.Kind;
import io.wholechart.journal.Receipt;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The only way out of the callers' socket: first the record is on disk, then the answer leaves. */
final class AuditedAnswers {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final AuditLog audit;
  private final ShedRecords shed;
  private final Metrics metrics;

  AuditedAnswers(AuditLog audit, Metrics metrics) {
    this.audit = audit;
    this.shed = new ShedRecords(audit, System::nanoTime);
    this.metrics = metrics;
  }

  /**
   * Records, then answers.
   *
   * @param route the template, for the metrics
   */
  void send(
      Exchange exchange,
      Access access,
      Answer answer,
      String route,
      ServerRequest request,
      ServerResponse response) {
    Answer recorded = recorded(exchange, access, answer);
    Responses.send(recorded, request, response);
    measure(exchange, recorded, route, request.prologue().method().text());
  }

  /** The answer that may leave: this one when it is recorded, and else that it could not be. */
  Answer recorded(Exchange exchange, Access access, Answer answer) {
    return switch (append(record(exchange, access, answer))) {
      case Receipt.Durable _ -> answer;
      case Receipt.NotDurable _ -> Answer.of(unrecorded(), exchange);
    };
  }

  void measure(Exchange exchange, Answer answer, String route, String method) {
    measure(exchange, answer.status(), route, method);
  }

  void measure(Exchange exchange, int status, String route, String method) {
    metrics.httpRequest(
        METHODS.contains(method) ? method : "_OTHER", route, status, exchange.elapsed());
  }

  private Receipt append(FormerRecord record) {
    try {
      return Kind.OVERLOADED.key().equals(record.problem())
          ? shed.append(record)
          : audit.append(record);
    } catch (InterruptedException e) {
      // The server is being stopped. Whether the record is on disk is not known, so there is no
      // answer that would be sure to have one; the connection ends without.
      throw new CloseConnectionException("stopped before the audit record was known to be durable");
    }
  }

  private static FormerRecord record(Exchange exchange, Access access, Answer answer) {
    @Nullable PatientId patient = access.patient();
    @Nullable Urgency urgency = access.urgency();
    @Nullable Aggregation aggregation = access.aggregation();
    @Nullable Kind problem = answer.problem();
    return new FormerRecord(
        exchange.at(),
        exchange.requestId(),
        exchange.caller().name(),
        patient == null ? null : patient.value(),
        urgency == null ? null : urgency.key(),
        access.interaction(),
        aggregation == null
            ? List.of()
            : aggregation.reports().stream().map(AuditedAnswers::access).toList(),
        answer.status(),
        aggregation == null ? null : aggregation.completeness().share(),
        problem == null ? null : problem.key());
  }

  private static FormerSource access(SourceReport report) {
    return new FormerSource(
        report.source(),
        report.asked() == null ? null : report.asked().value(),
        report.result().status(),
        report.identity() == null ? null : report.identity().key(),
        report.elapsed().toMillis(),
        report.attempts(),
        report.result().entries().size());
  }

  /** What is answered instead of an answer that could not be recorded. */
  static Problem unrecorded() {
    return Problem.of(Kind.AUDIT_UNAVAILABLE, "nothing is shown whose access cannot be recorded")
        .retryAfter(Duration.ofSeconds(5));
  }
}
