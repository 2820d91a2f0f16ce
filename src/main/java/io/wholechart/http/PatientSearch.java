package io.wholechart.http;

import io.wholechart.fhir.PatientAuthor;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PatientId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Patient?identifier=system|value} was asked.
 *
 * @param token the parameter as it was given
 * @param value of the identifier
 * @param system of the identifier; empty where it must have none, null where any will do
 * @param candidate who the patient is by the crosswalk, where anybody is
 */
record PatientSearch(
    String token, String value, @Nullable String system, Optional<PatientRequest> candidate) {
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
    if (value.isBlank() || token.indexOf(',') >= 0 || value.indexOf('|') >= 0) {
      return new Parsed.Refused(
          Problem.of(
              Kind.BAD_PARAMETER, "identifier must be given once, as system|value: one patient"));
    }
    // What is no id of ours is nobody's; the parameters are read all the same.
    boolean isId = PatientId.isLegal(value);
    return switch (PatientRequest.parse(isId ? value : "0", ofTheChart, offer)) {
      case PatientRequest.Parsed.Refused(Problem problem) -> new Parsed.Refused(problem);
      case PatientRequest.Parsed.Accepted(PatientRequest chart) ->
          new Parsed.Accepted(
              new PatientSearch(
                  token,
                  value,
                  bar < 0 ? null : token.substring(0, bar),
                  isId ? Optional.of(chart) : Optional.empty()));
    };
  }

  /** Whether it is our own id that was searched for, which every patient whom we know has. */
  boolean isOfId() {
    return system == null || system.equals(PatientAuthor.ID);
  }

  /** Whether this is what was searched for (R4, section 3.1.1.4.10). */
  boolean matches(Identifier identifier) {
    boolean isOfSystem =
        system == null || system.equals(identifier.system() == null ? "" : identifier.system());
    return isOfSystem && value.equals(identifier.value());
  }

  @Override
  public String toString() {
    return "PatientSearch[withheld]";
  }
}
