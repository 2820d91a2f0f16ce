package io.wholechart.source;

import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.FhirPages.WithoutPatient;
import io.wholechart.source.SourceCall.Ending;
import io.wholechart.source.SourceSettings.Fetch;
import java.util.List;

/**
 * Makes the calls of a FHIR R4 source: the patient's whole compartment, or one search for each
 * type.
 */
final class FhirSource implements CallPlan {
  // Servers serve fewer if they like to (HAPI 50 at most, and 10 when not asked); asking for more
  // saves round trips.
  private static final String PAGE = "_count=250";

  private final Upstream upstream;
  private final Replicas replicas;
  private final Fetch fetch;
  private final Limits limits;

  FhirSource(Upstream upstream, Replicas replicas, Fetch fetch, Limits limits) {
    this.upstream = upstream;
    this.replicas = replicas;
    this.fetch = fetch;
    this.limits = limits;
  }

  @Override
  public List<SourceCall> calls(SourceId id) {
    if (!PatientId.isLegal(id.value())) { // the alphabets are FHIR's both, this one's is narrower
      return List.of(_ ->
          Ending.broken(
              FailureReason.ID_UNRESOLVED, "cannot be asked by an id that FHIR does not allow"));
    }
    return switch (fetch) {
      case Fetch.Everything _ ->
          List.of(
              pages("Patient/" + id.value() + "/$everything?" + PAGE, WithoutPatient.IS_BROKEN));
      case Fetch.Types(var names) -> names.stream().map(type -> search(type, id)).toList();
    };
  }

  private SourceCall search(String type, SourceId id) {
    return type.equals("Patient")
        ? pages("Patient?_id=" + id.value() + "&" + PAGE, WithoutPatient.IS_NOT_FOUND)
        : pages(type + "?patient=" + id.value() + "&" + PAGE, WithoutPatient.IS_FINE);
  }

  private SourceCall pages(String pathAndQuery, WithoutPatient withoutPatient) {
    String url = replicas.primary() + "/" + pathAndQuery;
    return new FhirPages(upstream, replicas, url, limits, withoutPatient);
  }
}
