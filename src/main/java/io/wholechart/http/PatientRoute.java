package io.wholechart.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientRequest.Parsed;
import io.wholechart.http.Problem.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /patients/{id}}: the chart, or exactly what is missing. */
final class PatientRoute {
  static final String PATH = "/patients/{id}";

  private static final String INTERACTION = "patient-read";
  private static final Logger LOG = LoggerFactory.getLogger(PatientRoute.class);

  private final Offer offer;
  private final PatientAggregator aggregator;
  private final AuditedAnswers answers;
  private final InstantSource clock;

  PatientRoute(
      Offer offer, PatientAggregator aggregator, AuditedAnswers answers, InstantSource clock) {
    this.offer = offer;
    this.aggregator = aggregator;
    this.answers = answers;
    this.clock = clock;
  }

  void handle(ServerRequest request, ServerResponse response) {
    var exchange = Exchange.begin(request.headers(), LoopbackAccess.caller(), clock.instant());
    Handled handled = handle(request, exchange);
    Answer answer = Answer.of(handled.reply(), exchange);
    answers.send(exchange, handled.access(), answer, PATH, request, response);
  }

  /** What became of a request, for the answer and for the record of it. */
  private record Handled(Reply reply, Access access) {}

  private Handled handle(ServerRequest request, Exchange exchange) {
    String id = Responses.id(request);
    Map<String, List<String>> parameters = Responses.parameters(request);
    return switch (PatientRequest.parse(id, parameters, offer)) {
      case Parsed.Refused(Problem problem) ->
          new Handled(new Reply.Failed(problem), Access.refused(INTERACTION, id, parameters));
      case Parsed.Accepted(PatientRequest accepted) -> serve(accepted, exchange);
    };
  }

  private Handled serve(PatientRequest request, Exchange exchange) {
    try {
      Aggregation aggregation = aggregator.aggregate(request.id(), request.urgency());
      return new Handled(Reply.to(request, aggregation), access(request, aggregation));
    } catch (InterruptedException e) {
      var problem = Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later");
      return new Handled(
          new Reply.Failed(problem.retryAfter(Duration.ofSeconds(5))), access(request, null));
    } catch (RuntimeException e) {
      // Its text may quote a payload, so only its type and place are told.
      LOG.error(
          "request {} failed: {} at {}",
          exchange.requestId(),
          e.getClass().getName(),
          Arrays.stream(e.getStackTrace()).findFirst().orElse(null));
      var problem =
          Problem.of(Kind.INTERNAL, "the service failed; the request id finds it in its log");
      return new Handled(new Reply.Failed(problem), access(request, null));
    }
  }

  private static Access access(PatientRequest request, @Nullable Aggregation aggregation) {
    return new Access(INTERACTION, request.id(), request.urgency(), aggregation);
  }
}
