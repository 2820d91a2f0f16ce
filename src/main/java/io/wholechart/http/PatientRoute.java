package io.wholechart.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.Receipt;
import io.wholechart.audit.SourceAccess;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientRequest.Parsed;
import io.wholechart.http.Problem.Kind;
import io.wholechart.metrics.Metrics;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /patients/{id}}: the chart, or exactly what is missing. */
final class PatientRoute {
  static final String PATH = "/patients/{id}";

  private static final Logger LOG = LoggerFactory.getLogger(PatientRoute.class);

  private final Offer offer;
  private final PatientAggregator aggregator;
  private final AuditLog audit;
  private final Metrics metrics;
  private final InstantSource clock;

  PatientRoute(
      Offer offer,
      PatientAggregator aggregator,
      AuditLog audit,
      Metrics metrics,
      InstantSource clock) {
    this.offer = offer;
    this.aggregator = aggregator;
    this.audit = audit;
    this.metrics = metrics;
    this.clock = clock;
  }

  void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    var exchange = Exchange.begin(request.headers(), LoopbackAccess.caller(), clock.instant());
    Handled handled = handle(request);
    Answer answer = Answer.of(handled.reply(), exchange);
    Answer recorded =
        switch (audit.append(record(exchange, handled, answer))) {
          case Receipt.Durable _ -> answer;
          case Receipt.NotDurable _ -> unrecorded(exchange);
        };
    Responses.send(recorded, response);
    metrics.httpRequest("GET", PATH, recorded.status(), exchange.elapsed());
  }

  /** What became of a request, for the answer and for the record of it. */
  private record Handled(
      Reply reply, @Nullable PatientRequest request, @Nullable Aggregation aggregation) {}

  private Handled handle(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    return switch (PatientRequest.parse(id, Responses.parameters(request), offer)) {
      case Parsed.Refused(Problem problem) -> new Handled(new Reply.Failed(problem), null, null);
      case Parsed.Accepted(PatientRequest accepted) -> serve(accepted);
    };
  }

  private Handled serve(PatientRequest request) {
    try {
      Aggregation aggregation = aggregator.aggregate(request.id(), request.urgency());
      return new Handled(Reply.to(request, aggregation), request, aggregation);
    } catch (InterruptedException e) {
      var problem = Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later");
      return new Handled(
          new Reply.Failed(problem.retryAfter(Duration.ofSeconds(5))), request, null);
    } catch (RuntimeException e) {
      // Its text may quote a payload, so only its type and place are told.
      LOG.error("request failed: {} at {}", e.getClass().getName(), e.getStackTrace()[0]);
      var problem =
          Problem.of(Kind.INTERNAL, "the service failed; the request id finds it in its log");
      return new Handled(new Reply.Failed(problem), request, null);
    }
  }

  private static AuditRecord record(Exchange exchange, Handled handled, Answer answer) {
    @Nullable PatientRequest request = handled.request();
    @Nullable Aggregation aggregation = handled.aggregation();
    return new AuditRecord(
        exchange.at(),
        exchange.requestId(),
        exchange.caller().name(),
        request == null ? null : request.id().value(),
        request == null ? null : request.urgency().key(),
        "patient-read",
        aggregation == null
            ? List.of()
            : aggregation.reports().stream().map(PatientRoute::access).toList(),
        answer.status(),
        aggregation == null ? null : aggregation.completeness().share(),
        handled.reply() instanceof Reply.Failed(Problem problem) ? problem.kind().key() : null);
  }

  private static SourceAccess access(SourceReport report) {
    return new SourceAccess(
        report.source(),
        report.result().status(),
        report.elapsed().toMillis(),
        report.attempts(),
        report.result().entries().size());
  }

  private static Answer unrecorded(Exchange exchange) {
    var problem =
        Problem.of(Kind.AUDIT_UNAVAILABLE, "nothing is shown whose access cannot be recorded");
    return Answer.of(problem.retryAfter(Duration.ofSeconds(5)), exchange);
  }
}
