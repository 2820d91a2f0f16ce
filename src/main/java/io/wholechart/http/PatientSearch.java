package io.wholechart.http;

import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Patient?identifier=system|value} was asked.
 *
 * @param token the parameter as it was given
 * @param identifier that is searched for
 * @param chart what is asked of the chart, whoever's it turns out to be
 */
record PatientSearch(String token, SearchedIdentifier identifier, PatientRequest chart) {
  /** Stands in for whom only the crosswalk can name; no source is ever asked by it. */
  private static final String NOT_YET_KNOWN = "0";

  private static final String IDENTIFIER = "identifier";

  /** A search that can be made, or why it cannot. */
  sealed interface Parsed {
    record Accepted(PatientSearch search) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  /**
   * Reads a search. One identifier is one patient: a list of them would be a search for several.
   */
  static Parsed parse(Map<String, List<String>> parameters, Offer offer) {
    Map<String, List<String>> ofTheChart = new LinkedHashMap<>(parameters);
    List<String> tokens = Optional.ofNullable(ofTheChart.remove(IDENTIFIER)).orElse(List.of());
    String token = tokens.size() == 1 ? tokens.getFirst() : "";
    int bar = token.indexOf('|');
    String value = token.substring(bar + 1);
    @Nullable String system = bar < 0 ? null : token.substring(0, bar);
    if (token.indexOf(',') >= 0 || !SearchedIdentifier.isLegal(system, value)) {
      return new Parsed.Refused(
          Problem.of(
              Kind.BAD_PARAMETER,
              "identifier must be given once, as system|value: one patient, a URI, and 1 to 64"
                  + " letters, digits or any of . - _ : / @ + ="));
    }
    return switch (PatientRequest.parse(NOT_YET_KNOWN, ofTheChart, offer)) {
      case PatientRequest.Parsed.Refused(Problem problem) -> new Parsed.Refused(problem);
      case PatientRequest.Parsed.Accepted(PatientRequest chart) ->
          new Parsed.Accepted(
              new PatientSearch(token, new SearchedIdentifier(system, value), chart));
    };
  }

  Urgency urgency() {
    return chart.urgency();
  }

  /** The request for the chart of whom was found. */
  PatientRequest about(PatientId found) {
    return chart.about(found);
  }

  /** Whether this is what was searched for (R4, section 3.1.1.4.10). */
  boolean matches(Identifier stated) {
    @Nullable String system = identifier.system();
    boolean isOfSystem =
        system == null || system.equals(stated.system() == null ? "" : stated.system());
    return isOfSystem && identifier.value().equals(stated.value());
  }

  @Override
  public String toString() {
    return "PatientSearch[withheld]";
  }
}
