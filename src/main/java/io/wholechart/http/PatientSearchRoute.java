package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.fhir.Capability;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientSearch.Parsed;
import io.wholechart.http.Problem.Kind;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.patient.Entry;
import io.wholechart.summary.Chart;
import io.wholechart.summary.MergedPatient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /fhir/Patient?identifier=system|value}: the one whom a source gives that identifier,
 * or nobody.
 *
 * <p>The value is the id by which sources are asked. Where it is searched for as another system's
 * number, a source has to state it as that: two systems give one number to two people.
 */
final class PatientSearchRoute {
  private static final String PATH = "/fhir/Patient";
  private static final String INTERACTION = "patient-search";

  private final Offer offer;
  private final Gathering gathering;

  PatientSearchRoute(Offer offer, Gathering gathering) {
    this.offer = offer;
    this.gathering = gathering;
  }

  FhirRoute route() {
    var search = new Capability.Interaction("Patient", "search-type");
    var parameter = new Capability.SearchParameter("Patient", "identifier", "token");
    return new FhirRoute(PATH, List.of("GET"), List.of(search, parameter), this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    return switch (PatientSearch.parse(request.parameters(), offer)) {
      case Parsed.Refused(Problem problem) ->
          Served.refused(problem, Access.refused(INTERACTION, "", request.parameters()));
      case Parsed.Accepted(PatientSearch search) ->
          search
              .candidate()
              .map(candidate -> gathered(search, candidate, request.base(), exchange))
              .orElseGet(() -> nobody(search, request, exchange));
    };
  }

  /** Without asking a source: whoever has no id by which one could be asked is not known. */
  private static Served nobody(PatientSearch search, Request request, Exchange exchange) {
    return new Served(
        new FhirReply.Resource(searchset(search, List.of(), true, request.base(), exchange), "1.0"),
        Access.refused(INTERACTION, "", request.parameters()));
  }

  private Served gathered(
      PatientSearch search, PatientRequest candidate, String base, Exchange exchange) {
    Gathered gathered = gathering.gather(INTERACTION, candidate, exchange);
    @Nullable Aggregation aggregation = gathered.access().aggregation();
    FhirReply reply =
        switch (gathered.reply()) {
          case Reply.Failed(Problem problem)
              when problem.kind() == Kind.PATIENT_NOT_FOUND && aggregation != null ->
              new FhirReply.Resource(
                  searchset(search, List.of(), true, base, exchange),
                  Answer.completeness(aggregation));
          case Reply.Failed(Problem problem) -> new FhirReply.Failed(problem);
          case Reply.Chart chart -> found(search, chart, base, exchange);
        };
    return new Served(reply, gathered.access());
  }

  private static FhirReply found(
      PatientSearch search, Reply.Chart found, String base, Exchange exchange) {
    Chart chart = found.summarized();
    List<SearchsetEntry> entries = new ArrayList<>();
    boolean isMatch =
        search.isOfId() || chart.patients().stream().anyMatch(entry -> isOf(search, entry));
    if (isMatch) {
      byte[] patient = MergedPatient.alone(chart).toByteArray();
      entries.add(SearchsetEntry.of("Patient/" + chart.id().value(), patient, Mode.MATCH));
    }
    entries.addAll(MissingSources.of(chart.reports()));
    boolean isKnown = isMatch || chart.completeness().isComplete();
    return new FhirReply.Resource(
        searchset(search, entries, isKnown, base, exchange),
        Answer.completeness(found.aggregation()));
  }

  private static boolean isOf(PatientSearch search, Entry entry) {
    var demographics = entry.facts().demographics();
    return demographics != null && demographics.identifiers().stream().anyMatch(search::matches);
  }

  /**
   * @param isKnown whether it is certain that nobody else is to be found
   */
  private static Body searchset(
      PatientSearch search,
      List<SearchsetEntry> entries,
      boolean isKnown,
      String base,
      Exchange exchange) {
    int matches =
        Math.toIntExact(entries.stream().filter(entry -> entry.mode() == Mode.MATCH).count());
    String self =
        base + "/Patient?identifier=" + URLEncoder.encode(search.token(), StandardCharsets.UTF_8);
    return SearchsetJson.write(
        new SearchsetJson.Page(
            base, exchange.at(), isKnown ? matches : null, Map.of("self", self), entries));
  }
}
