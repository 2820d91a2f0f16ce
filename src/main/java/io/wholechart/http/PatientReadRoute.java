package io.wholechart.http;

import io.wholechart.access.Scopes.Action;
import io.wholechart.fhir.Capability;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientRequest.Parsed;
import io.wholechart.summary.MergedPatient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /fhir/Patient/{id}}: who the patient is, as all sources together have it. */
final class PatientReadRoute {
  private static final String PATH = "/fhir/Patient/{id}";
  static final String INTERACTION = "patient-demographics";

  private final Offer offer;
  private final Gathering gathering;

  PatientReadRoute(Offer offer, Gathering gathering) {
    this.offer = offer;
    this.gathering = gathering;
  }

  FhirRoute route() {
    var read = new Capability.Interaction("Patient", "read");
    return new FhirRoute(PATH, List.of("GET"), List.of(read), this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    return switch (PatientRequest.parse(request.id(), request.parameters(), offer)) {
      case Parsed.Refused(Problem problem) ->
          Served.refused(problem, Access.refused(INTERACTION, request.id(), request.parameters()));
      case Parsed.Accepted(PatientRequest patient) -> gathered(patient, exchange);
    };
  }

  private Served gathered(PatientRequest request, Exchange exchange) {
    @Nullable Problem lacking = Permissions.problem(Action.READ, exchange);
    if (lacking != null) {
      return Served.refused(lacking, Access.unbegun(INTERACTION, request.id(), request.urgency()));
    }
    Gathered gathered = gathering.gather(INTERACTION, request, exchange);
    FhirReply reply =
        switch (gathered.reply()) {
          case Reply.Failed(Problem problem) -> new FhirReply.Failed(problem);
          case Reply.Chart chart ->
              new FhirReply.Resource(
                  Body.of(MergedPatient.alone(chart.summarized()).toByteArray()),
                  Answer.completeness(chart.aggregation()));
        };
    return new Served(reply, gathered.access());
  }
}
