package io.wholechart.http;

import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code GET /patients/{id}} was asked.
 *
 * @param required the sections without which the caller wants no answer
 * @param minSources how many sources must have answered
 */
record PatientRequest(PatientId id, Urgency urgency, Set<Section> required, int minSources) {
  private static final Set<String> PARAMETERS =
      new TreeSet<>(Set.of("urgency", "require", "minSources"));

  /** A request that can be served, or why it cannot. */
  sealed interface Parsed {
    record Accepted(PatientRequest request) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  /** What there is to ask for. */
  record Offer(Set<Section> sections, int sources) {}

  /** The same of somebody else. */
  PatientRequest about(PatientId other) {
    return new PatientRequest(other, urgency, required, minSources);
  }

  /**
   * Reads a request. A parameter that is unknown is refused and not ignored: {@code
   * urgancy=emergency} would be served at leisure, and nobody would know.
   */
  static Parsed parse(String id, Map<String, List<String>> parameters, Offer offer) {
    if (!PatientId.isLegal(id)) {
      return refused(Kind.BAD_ID, "a patient id is 1 to 64 letters, digits, '.' or '-'");
    }
    for (var parameter : parameters.entrySet()) {
      if (!PARAMETERS.contains(parameter.getKey())) {
        return refused(
            Kind.BAD_PARAMETER,
            "unknown query parameter; the parameters are " + String.join(", ", PARAMETERS));
      }
      if (parameter.getValue().size() != 1) {
        return refused(Kind.BAD_PARAMETER, parameter.getKey() + " must be given once");
      }
    }
    var urgency = Urgency.named(first(parameters, "urgency", Urgency.NORMAL.key()));
    if (urgency.isEmpty()) {
      return refused(
          Kind.BAD_PARAMETER, "urgency must be one of " + String.join(", ", Urgency.keys()));
    }
    Set<Section> required = EnumSet.noneOf(Section.class);
    for (String name : first(parameters, "require", "").split(",", -1)) {
      var section = Section.named(name).filter(offer.sections()::contains);
      if (section.isEmpty() && parameters.containsKey("require")) {
        return refused(
            Kind.BAD_PARAMETER,
            "require must list sections that a source is responsible for: "
                + String.join(", ", offer.sections().stream().map(Section::key).toList()));
      }
      section.ifPresent(required::add);
    }
    String minSources = first(parameters, "minSources", "0");
    if (!minSources.matches("[0-9]{1,4}") || Integer.parseInt(minSources) > offer.sources()) {
      return refused(
          Kind.BAD_PARAMETER, "minSources must be a number from 0 to " + offer.sources());
    }
    return new Parsed.Accepted(
        new PatientRequest(
            new PatientId(id), urgency.get(), required, Integer.parseInt(minSources)));
  }

  private static String first(Map<String, List<String>> parameters, String name, String otherwise) {
    return parameters.containsKey(name) ? parameters.get(name).getFirst() : otherwise;
  }

  private static Parsed refused(Kind kind, String detail) {
    return new Parsed.Refused(Problem.of(kind, detail));
  }
}
