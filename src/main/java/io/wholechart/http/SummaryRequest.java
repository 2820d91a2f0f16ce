package io.wholechart.http;

import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.summary.Edition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code Patient/{id}/$summary} was asked.
 *
 * @param chart what the native route takes as well
 * @param edition of the guide; none is whichever fits what came
 */
record SummaryRequest(PatientRequest chart, Optional<Edition> edition) {
  private static final String PROFILE = "profile";

  /** A request that can be served, or why it cannot. */
  sealed interface Parsed {
    record Accepted(SummaryRequest request) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  static Parsed parse(String id, Map<String, List<String>> parameters, Offer offer) {
    Map<String, List<String>> ofTheChart = new LinkedHashMap<>(parameters);
    List<String> profile = Optional.ofNullable(ofTheChart.remove(PROFILE)).orElse(List.of());
    Optional<Edition> edition = profile.stream().findFirst().flatMap(Edition::ofProfile);
    boolean isKnown =
        profile.isEmpty() || profile.equals(List.of(Edition.PROFILE)) || edition.isPresent();
    if (!isKnown || profile.size() > 1) {
      return new Parsed.Refused(
          Problem.of(
              Kind.BAD_PARAMETER,
              PROFILE
                  + " must be given once, as "
                  + Edition.PROFILE
                  + ", alone or with |"
                  + Edition.STU1.version()
                  + " or |"
                  + Edition.STU2.version()));
    }
    return switch (PatientRequest.parse(id, ofTheChart, offer)) {
      case PatientRequest.Parsed.Refused(Problem problem) -> new Parsed.Refused(problem);
      case PatientRequest.Parsed.Accepted(PatientRequest chart) ->
          new Parsed.Accepted(new SummaryRequest(chart, edition));
    };
  }
}
