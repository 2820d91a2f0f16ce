package io.wholechart.http;

import io.wholechart.access.Entitlement;
import io.wholechart.disclosure.EventSearch;
import io.wholechart.disclosure.EventSearch.Query;
import io.wholechart.fhir.Capability;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Problem.Kind;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /fhir/AuditEvent?patient=&date=} on the operators' socket: who looked, for auditors.
 *
 * <p>That an auditor looked is an access too, and recorded as one. A search reads the log from its
 * beginning, so there are few at a time, and none of them costs a caller's request its turn.
 */
final class AuditEventRoute {
  private static final Log log = Log.of(AuditEventRoute.class);
  private static final String PATH = "/fhir/AuditEvent";
  static final String INTERACTION = "audit-read";
  private static final int AT_ONCE = 2;

  private final EventSearch search;
  private final Semaphore places = new Semaphore(AT_ONCE);

  AuditEventRoute(EventSearch search) {
    this.search = search;
  }

  FhirRoute route() {
    return new FhirRoute(
        PATH,
        List.of("GET"),
        List.of(
            new Capability.Interaction("AuditEvent", "search-type"),
            new Capability.SearchParameter("AuditEvent", "patient", "reference"),
            new Capability.SearchParameter("AuditEvent", "date", "date")),
        this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    return switch (AuditEventRequest.parse(request.parameters(), exchange.at())) {
      case AuditEventRequest.Parsed.Refused(Problem problem) ->
          Served.refused(problem, access(null));
      case AuditEventRequest.Parsed.Accepted(AuditEventRequest accepted) ->
          new Served(
              exchange.permit().has(Entitlement.AUDIT)
                  ? inTurn(accepted, request.base(), exchange)
                  : new FhirReply.Failed(Problem.of(Kind.NO_AUDITOR, "the log tells of everybody")),
              access(accepted.query().patient()));
    };
  }

  private static Access access(@Nullable PatientId patient) {
    return Access.unbegun(INTERACTION, patient, null);
  }

  private FhirReply inTurn(AuditEventRequest request, String base, Exchange exchange) {
    if (!places.tryAcquire()) {
      return new FhirReply.Failed(
          Problem.of(Kind.OVERLOADED, "the log is being searched by others")
              .retryAfter(Duration.ofSeconds(2)));
    }
    try {
      return found(request, search.find(request.query()), base, exchange);
    } catch (IOException e) {
      // Its text names a file and a line, and no patient; it is for operators.
      log.error("The audit log cannot be read: {}", Safe.ofFile(e));
      return new FhirReply.Failed(
          Problem.of(Kind.INTERNAL, "the log cannot be read; the service's own says why"));
    } finally {
      places.release();
    }
  }

  private static FhirReply found(
      AuditEventRequest request, EventSearch.Page page, String base, Exchange exchange) {
    List<SearchsetEntry> entries =
        page.events().stream()
            .map(event -> SearchsetEntry.of("AuditEvent/" + event.id(), event.json(), Mode.MATCH))
            .toList();
    long after = request.query().after();
    boolean isAll = after == 0 && page.next().isEmpty();
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", link(base, request, after));
    if (page.next().isPresent()) {
      links.put("next", link(base, request, page.next().getAsLong()));
    }
    return new FhirReply.Conformance(
        SearchsetJson.write(
            new SearchsetJson.Page(
                base, exchange.at(), isAll ? entries.size() : null, links, entries)));
  }

  private static String link(String base, AuditEventRequest request, long after) {
    Query query = request.query();
    String patient = query.patient() == null ? "" : "patient=" + query.patient().value() + "&";
    String dates =
        request.dates().stream()
            .map(date -> "date=" + URLEncoder.encode(date, StandardCharsets.UTF_8) + "&")
            .collect(Collectors.joining());
    return "%s/AuditEvent?%s%s_count=%d&%s=%s&%s=%d"
        .formatted(
            base,
            patient,
            dates,
            query.count(),
            AuditEventRequest.AS_OF,
            request.asOf(),
            AuditEventRequest.AFTER,
            after);
  }
}
