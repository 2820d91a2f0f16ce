package io.wholechart.http;

import io.wholechart.fhir.Capability;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.SummaryRequest.Parsed;
import io.wholechart.summary.Summary;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code Patient/{id}/$summary}: the International Patient Summary of the merged record. */
final class SummaryRoute {
  private static final String PATH = "/fhir/Patient/{id}/$summary";
  private static final String INTERACTION = "summary";

  private final Offer offer;
  private final Gathering gathering;
  private final Supplier<UUID> identifiers;

  SummaryRoute(Offer offer, Gathering gathering, Supplier<UUID> identifiers) {
    this.offer = offer;
    this.gathering = gathering;
    this.identifiers = identifiers;
  }

  FhirRoute route() {
    var operation =
        new Capability.Operation(
            "Patient", "summary", "http://hl7.org/fhir/uv/ips/OperationDefinition/summary");
    return new FhirRoute(PATH, List.of("GET", "POST"), List.of(operation), this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    return switch (SummaryRequest.parse(request.id(), request.parameters(), offer)) {
      case Parsed.Refused(Problem problem) ->
          Served.refused(problem, Access.refused(INTERACTION, request.id(), request.parameters()));
      case Parsed.Accepted(SummaryRequest summary) -> gathered(summary, request.base(), exchange);
    };
  }

  private Served gathered(SummaryRequest request, String base, Exchange exchange) {
    Gathered gathered = gathering.gather(INTERACTION, request.chart(), exchange);
    FhirReply reply =
        switch (gathered.reply()) {
          case Reply.Failed(Problem problem) -> new FhirReply.Failed(problem);
          case Reply.Chart chart -> document(request, chart, base, exchange);
        };
    return new Served(reply, gathered.access());
  }

  private FhirReply document(
      SummaryRequest request, Reply.Chart chart, String base, Exchange exchange) {
    String identifier = identifiers.get().toString();
    var document = Summary.of(chart.summarized(), request.edition(), exchange.at(), identifier);
    return new FhirReply.Resource(
        DocumentJson.write(document, base), Answer.completeness(chart.aggregation()));
  }
}
