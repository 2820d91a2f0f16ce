package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.Recording;
import io.wholechart.consent.Grant;
import io.wholechart.fhir.Capability;
import io.wholechart.http.EverythingRequest.Parsed;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.KeptPages.Found;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.patient.PatientId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code Patient/{id}/$everything}: the chart as FHIR clients know it, whole or in pages. */
final class EverythingRoute {
  private static final String PATH = "/fhir/Patient/{id}/$everything";
  private static final String INTERACTION = "everything";
  private static final String INTERACTION_PAGE = "everything-page";

  private final Offer offer;
  private final Permissions permissions;
  private final Gathering gathering;
  private final KeptPages kept;
  private final AuditTrail trail;

  EverythingRoute(
      Offer offer, Permissions permissions, Gathering gathering, KeptPages kept, AuditTrail trail) {
    this.offer = offer;
    this.permissions = permissions;
    this.gathering = gathering;
    this.kept = kept;
    this.trail = trail;
  }

  FhirRoute route() {
    var operation =
        new Capability.Operation(
            "Patient", "everything", "http://hl7.org/fhir/OperationDefinition/Patient-everything");
    return new FhirRoute(PATH, List.of("GET", "POST"), List.of(operation), this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    return switch (EverythingRequest.parse(request.id(), request.parameters(), offer)) {
      case Parsed.Refused(Problem problem) ->
          Served.refused(problem, Access.refused(INTERACTION, request.id(), request.parameters()));
      case Parsed.NextPage(PatientId patient, String cursor) -> nextPage(patient, cursor, exchange);
      case Parsed.Accepted(EverythingRequest everything) ->
          gathered(everything, request.base(), exchange);
    };
  }

  /** Asks no source, and shows a patient's data: so it is recorded as an access of its own. */
  private Served nextPage(PatientId patient, String cursor, Exchange exchange) {
    return switch (permissions.of(patient, null, exchange)) {
      case Permission.Refused(Problem problem) ->
          Served.refused(problem, Access.unbegun(INTERACTION_PAGE, patient, null));
      case Permission.Given given -> nextPage(patient, cursor, exchange, given.grant());
    };
  }

  private Served nextPage(
      PatientId patient, String cursor, Exchange exchange, @Nullable Grant grant) {
    var reader = Permissions.Reader.of(exchange.permit());
    @Nullable Found found =
        kept.find(cursor, reader, patient, exchange.at())
            .filter(page -> !page.isLifted() || grant != null) // it shows what only that shows
            .orElse(null);
    @Nullable Grant used = found != null && found.isLifted() ? grant : null;
    Recording intent = trail.begin(exchange, INTERACTION_PAGE, patient, null, used);
    var access = new Access(INTERACTION_PAGE, patient, null, null, intent, used);
    return found == null
        ? Served.refused(
            Problem.of(Kind.PAGE_GONE, "pages are kept for a short while; ask anew"), access)
        : new Served(new FhirReply.Resource(found.page(), found.completeness()), access);
  }

  private Served gathered(EverythingRequest request, String base, Exchange exchange) {
    Gathered gathered = gathering.gather(INTERACTION, request.chart(), exchange);
    FhirReply reply =
        switch (gathered.reply()) {
          case Reply.Failed(Problem problem) -> new FhirReply.Failed(problem);
          case Reply.Chart chart ->
              bundle(request, chart.aggregation(), gathered.access(), base, exchange);
        };
    return new Served(reply, gathered.access());
  }

  private FhirReply bundle(
      EverythingRequest request,
      Aggregation aggregation,
      Access access,
      String base,
      Exchange exchange) {
    Everything.Gathered everything = Everything.of(request, aggregation, exchange.at());
    String token = kept.token();
    List<Body> pages = pages(request, aggregation, everything, new Place(base, token, exchange));
    String completeness = Answer.completeness(aggregation);
    boolean isKept =
        pages.size() == 1
            || kept.keep(
                token,
                new KeptPages.Pages(
                    Permissions.Reader.of(exchange.permit()),
                    request.chart().id(),
                    access.grant() != null,
                    completeness,
                    pages.subList(1, pages.size())),
                exchange.at());
    return isKept
        ? new FhirReply.Resource(pages.getFirst(), completeness)
        : new FhirReply.Failed(
            Problem.of(
                Kind.CHART_TOO_LARGE, "more than is kept for further pages; ask without _count"));
  }

  /** Where an answer is read from, for its links. */
  private record Place(String base, String token, Exchange exchange) {
    String first(EverythingRequest request) {
      return operation(request.chart().id()) + request.query();
    }

    String further(EverythingRequest request, int page) {
      return operation(request.chart().id())
          + "?"
          + EverythingRequest.CURSOR
          + "="
          + KeptPages.cursor(token, page);
    }

    private String operation(PatientId id) {
      return base + "/Patient/" + id.value() + "/$everything";
    }
  }

  /**
   * What is missing or contested is said on each page: any of them may be the one that somebody
   * reads.
   */
  private static List<Body> pages(
      EverythingRequest request,
      Aggregation aggregation,
      Everything.Gathered everything,
      Place place) {
    List<SearchsetEntry> entries = everything.entries();
    long matches = entries.stream().filter(entry -> entry.mode() == Mode.MATCH).count();
    @Nullable Integer total =
        aggregation.completeness().isComplete() ? Math.toIntExact(matches) : null;
    int size = request.count() == 0 ? Math.max(1, entries.size()) : request.count();
    int count = Math.max(1, Math.ceilDiv(entries.size(), size));
    List<Body> pages = new ArrayList<>(count);
    for (int page = 0; page < count; page++) {
      List<SearchsetEntry> shown =
          new ArrayList<>(
              entries.subList(page * size, Math.min((page + 1) * size, entries.size())));
      shown.addAll(everything.outcomes());
      pages.add(
          SearchsetJson.write(
              new SearchsetJson.Page(
                  place.base(),
                  place.exchange().at(),
                  total,
                  links(request, place, page, count),
                  shown)));
    }
    return pages;
  }

  private static Map<String, String> links(
      EverythingRequest request, Place place, int page, int count) {
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", page == 0 ? place.first(request) : place.further(request, page));
    if (page + 1 < count) {
      links.put("next", place.further(request, page + 1));
    }
    return links;
  }
}
