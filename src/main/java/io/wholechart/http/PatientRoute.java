package io.wholechart.http;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientRequest.Parsed;
import java.util.List;
import java.util.Map;

/** {@code GET /patients/{id}}: the chart, or exactly what is missing. */
final class PatientRoute {
  static final String PATH = "/patients/{id}";

  private static final String INTERACTION = "patient-read";

  private final Offer offer;
  private final Gathering gathering;
  private final AuditedAnswers answers;

  PatientRoute(Offer offer, Gathering gathering, AuditedAnswers answers) {
    this.offer = offer;
    this.gathering = gathering;
    this.answers = answers;
  }

  void handle(ServerRequest request, ServerResponse response) {
    var exchange = Door.exchange();
    Gathered gathered = handle(request, exchange);
    Answer answer = Answer.of(gathered.reply(), exchange);
    answers.send(exchange, gathered.access(), answer, PATH, request, response);
  }

  private Gathered handle(ServerRequest request, Exchange exchange) {
    String id = Responses.id(request);
    Map<String, List<String>> parameters = Responses.parameters(request);
    return switch (PatientRequest.parse(id, parameters, offer)) {
      case Parsed.Refused(Problem problem) ->
          new Gathered(new Reply.Failed(problem), Access.refused(INTERACTION, id, parameters));
      case Parsed.Accepted(PatientRequest accepted) ->
          gathering.gather(INTERACTION, accepted, exchange);
    };
  }
}
