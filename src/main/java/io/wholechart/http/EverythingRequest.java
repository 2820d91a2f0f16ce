package io.wholechart.http;

import io.wholechart.fhir.CareDates;
import io.wholechart.fhir.ResourceTypes;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.PatientId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Patient/{id}/$everything} was asked.
 *
 * @param chart what the native route takes as well
 * @param types of resources; none are all
 * @param since what was last updated before is left out; null for nothing
 * @param count the most entries on a page; 0 is one page for all
 * @param query the same as a query, for the link to itself; empty or with its question mark
 */
record EverythingRequest(
    PatientRequest chart,
    Set<String> types,
    @Nullable ClinicalTime since,
    CareDates dates,
    int count,
    String query) {
  static final int MOST_ON_A_PAGE = 1000;
  static final String CURSOR = "_cursor";

  private static final Set<String> OF_THE_CHART = Set.of("urgency", "require", "minSources");
  private static final Set<String> OWN =
      new TreeSet<>(Set.of("_type", "_since", "start", "end", "_count"));

  EverythingRequest {
    types = new TreeSet<>(types);
  }

  /** A request that can be served, or why it cannot. */
  sealed interface Parsed {
    record Accepted(EverythingRequest request) implements Parsed {}

    /** A further page of what was gathered before. */
    record NextPage(PatientId id, String cursor) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  static Parsed parse(String id, Map<String, List<String>> parameters, Offer offer) {
    if (parameters.containsKey(CURSOR)) {
      return nextPage(id, parameters);
    }
    Map<String, List<String>> ofTheChart = new LinkedHashMap<>();
    for (var parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (OF_THE_CHART.contains(name)) {
        ofTheChart.put(name, parameter.getValue());
      } else if (!OWN.contains(name)) {
        return refused(
            "unknown parameter; the parameters are "
                + String.join(", ", OWN)
                + ", "
                + String.join(", ", new TreeSet<>(OF_THE_CHART)));
      } else if (parameter.getValue().size() != 1 && !name.equals("_type")) {
        return refused(name + " must be given once");
      }
    }
    return switch (PatientRequest.parse(id, ofTheChart, offer)) {
      case PatientRequest.Parsed.Refused(Problem problem) -> new Parsed.Refused(problem);
      case PatientRequest.Parsed.Accepted(PatientRequest chart) -> parse(chart, parameters);
    };
  }

  private static Parsed parse(PatientRequest chart, Map<String, List<String>> parameters) {
    Set<String> types = new TreeSet<>();
    for (String names : parameters.getOrDefault("_type", List.of())) {
      types.addAll(List.of(names.split(",", -1)));
    }
    if (!types.stream().allMatch(ResourceTypes::contains)) {
      return refused("_type must list FHIR R4 resource types");
    }
    for (String name : List.of("_since", "start", "end")) {
      if (parameters.containsKey(name) && time(parameters, name).isEmpty()) {
        return refused(name + " must be a FHIR date or time: 2026-01-31");
      }
    }
    String count = first(parameters, "_count").orElse("0");
    boolean isNumber = count.matches("[0-9]{1,4}") && Integer.parseInt(count) <= MOST_ON_A_PAGE;
    if (!isNumber || (parameters.containsKey("_count") && Integer.parseInt(count) == 0)) {
      return refused("_count must be a number from 1 to " + MOST_ON_A_PAGE);
    }
    return new Parsed.Accepted(
        new EverythingRequest(
            chart,
            types,
            time(parameters, "_since").orElse(null),
            new CareDates(
                time(parameters, "start").orElse(null), time(parameters, "end").orElse(null)),
            Integer.parseInt(count),
            query(parameters)));
  }

  private static Parsed nextPage(String id, Map<String, List<String>> parameters) {
    List<String> cursors = parameters.getOrDefault(CURSOR, List.of());
    boolean isAlone = parameters.size() == 1 && cursors.size() == 1;
    if (!isAlone) {
      return refused(CURSOR + " is given alone: it stands for all that was asked at first");
    }
    return PatientId.isLegal(id)
        ? new Parsed.NextPage(new PatientId(id), cursors.getFirst())
        : new Parsed.Refused(
            Problem.of(Kind.BAD_ID, "a patient id is 1 to 64 letters, digits, '.' or '-'"));
  }

  private static Optional<ClinicalTime> time(Map<String, List<String>> parameters, String name) {
    return first(parameters, name).flatMap(ClinicalTime::parse);
  }

  private static Optional<String> first(Map<String, List<String>> parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
  }

  private static Parsed refused(String detail) {
    return new Parsed.Refused(Problem.of(Kind.BAD_PARAMETER, detail));
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(p -> p.getValue().stream().map(value -> p.getKey() + "=" + encoded(value)))
        .sorted()
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining("&"), query -> query.isEmpty() ? "" : "?" + query));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
