package io.wholechart.http;

import io.wholechart.access.Scopes.Action;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.Recording;
import io.wholechart.crosswalk.Holder;
import io.wholechart.fhir.Capability;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.PatientSearch.Parsed;
import io.wholechart.http.Problem.Kind;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.summary.Chart;
import io.wholechart.summary.MergedPatient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /fhir/Patient?identifier=system|value}: the one whose number that is, or nobody.
 *
 * <p>Who that is, the crosswalk says, and nobody is found only where it says that nobody has it;
 * that it cannot say, or that several have it, is an error. Where there is one id everywhere and
 * another system's number is searched for, a source has to state it as that.
 */
final class PatientSearchRoute {
  private static final String PATH = "/fhir/Patient";
  private static final String INTERACTION = "patient-search";

  private final Offer offer;
  private final Permissions permissions;
  private final Gathering gathering;

  PatientSearchRoute(Offer offer, Permissions permissions, Gathering gathering) {
    this.offer = offer;
    this.permissions = permissions;
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
      case Parsed.Accepted(PatientSearch search) -> searched(search, request.base(), exchange);
    };
  }

  private Served searched(PatientSearch search, String base, Exchange exchange) {
    @Nullable Problem forbidden = permissions.problem(search.urgency(), exchange);
    if (forbidden == null) {
      forbidden = Permissions.problem(Action.SEARCH, exchange);
    }
    if (forbidden != null) {
      return ended(forbidden, search, null);
    }
    return switch (gathering.search(INTERACTION, search.identifier(), search.urgency(), exchange)) {
      case Gathering.Search.Failed(Problem problem, var intent) -> ended(problem, search, intent);
      case Gathering.Search.Said(Holder holder, Recording intent) ->
          switch (holder) {
            case Holder.One(PatientId id) -> gathered(search, id, false, base, exchange, intent);
            case Holder.Supposed(PatientId id) ->
                gathered(search, id, true, base, exchange, intent);
            // Whose chart is another's and whose is nobody's must not be told apart.
            case Holder.Nobody _, Holder.Several _ when exchange.permit().isOfOnePatient() ->
                ended(Permissions.otherPatient(), search, intent);
            case Holder.Nobody _ ->
                new Served(
                    new FhirReply.Resource(
                        searchset(search, List.of(), true, base, exchange), "1.0"),
                    ofNobody(search, intent));
            case Holder.Several _ ->
                ended(
                    Problem.of(Kind.IDENTIFIER_AMBIGUOUS, "none of them was chosen"),
                    search,
                    intent);
            case Holder.UnknownSystem _ ->
                ended(
                    Problem.of(
                        Kind.BAD_PARAMETER,
                        "identifier must name a system whose numbers the crosswalk knows"),
                    search,
                    intent);
            case Holder.Unresolved(Failure cause) -> ended(unresolved(cause), search, intent);
          };
    };
  }

  private static Problem unresolved(Failure cause) {
    Kind kind =
        cause.reason() == FailureReason.TIMEOUT
            ? Kind.IDENTIFIER_TIMED_OUT
            : Kind.IDENTIFIER_UNRESOLVED;
    return Problem.of(kind, cause.message("the crosswalk")).retryAfter(Reply.RETRY);
  }

  private static Served ended(Problem problem, PatientSearch search, @Nullable Recording intent) {
    return Served.refused(problem, ofNobody(search, intent));
  }

  /** The number itself is not recorded: whose it is, is not known, and so not who may see it. */
  private static Access ofNobody(PatientSearch search, @Nullable Recording intent) {
    return new Access(INTERACTION, null, search.urgency(), null, intent);
  }

  private Served gathered(
      PatientSearch search,
      PatientId id,
      boolean isSupposed,
      String base,
      Exchange exchange,
      Recording intent) {
    Gathered gathered = gathering.gatherFound(INTERACTION, search.about(id), exchange, intent);
    @Nullable Aggregation aggregation = gathered.access().aggregation();
    FhirReply reply =
        switch (gathered.reply()) {
          case Reply.Failed(Problem problem)
              when problem.kind() == Kind.PATIENT_NOT_FOUND && aggregation != null ->
              new FhirReply.Resource(
                  searchset(search, unmapped(isSupposed), !isSupposed, base, exchange),
                  Answer.completeness(aggregation));
          case Reply.Failed(Problem problem) -> new FhirReply.Failed(problem);
          case Reply.Chart chart -> found(search, isSupposed, chart, base, exchange);
        };
    return new Served(reply, gathered.access());
  }

  private static FhirReply found(
      PatientSearch search, boolean isSupposed, Reply.Chart found, String base, Exchange exchange) {
    Chart chart = found.summarized();
    List<SearchsetEntry> entries = new ArrayList<>();
    boolean isMatch =
        !isSupposed || chart.patients().stream().anyMatch(entry -> isOf(search, entry));
    if (isMatch) {
      byte[] patient = MergedPatient.alone(chart).toByteArray();
      entries.add(SearchsetEntry.of("Patient/" + chart.id().value(), patient, Mode.MATCH));
    }
    entries.addAll(unmapped(!isMatch));
    entries.addAll(MissingSources.of(chart.reports()));
    entries.addAll(MissingSources.withheld(chart.completeness().withheld()));
    return new FhirReply.Resource(
        searchset(search, entries, isMatch, base, exchange),
        Answer.completeness(found.aggregation()));
  }

  private static List<SearchsetEntry> unmapped(boolean isSo) {
    return isSo ? List.of(UnmappedSystem.outcome()) : List.of();
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
