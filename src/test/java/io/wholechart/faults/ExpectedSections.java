package io.wholechart.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each section's state must be, from what the sources contribute: the contract's table, for
 * the patients whom {@link RightAnswer} makes up.
 */
public final class ExpectedSections {
  /** Who is responsible for a section. */
  private static final Map<String, List<String>> RESPONSIBLE =
      Map.of(
          "patient", List.of("ehr"),
          "allergies", List.of("ehr"),
          "conditions", List.of("ehr"),
          "medications", List.of("ehr", "pharmacy"),
          "results", List.of("ehr", "lab"),
          "imaging", List.of("imaging"),
          "encounters", List.of("ehr"),
          "immunizations", List.of("ehr"),
          "procedures", List.of("ehr"),
          "documents", List.of("ehr"));

  /** Who else holds something of it. */
  private static final Map<String, List<String>> ALSO_HELD =
      Map.of("patient", List.of("lab", "pharmacy"));

  private ExpectedSections() {}

  public static Map<String, String> of(Map<String, Contribution> sources) {
    Map<String, String> states = new TreeMap<>();
    RESPONSIBLE.forEach((section, responsible) -> {
      boolean isWhole = responsible.stream().noneMatch(s -> sources.get(s) == Contribution.MISSING);
      boolean hasEntries =
          isWhole(responsible, sources)
              || isWhole(ALSO_HELD.getOrDefault(section, List.of()), sources);
      states.put(
          section,
          isWhole
              ? hasEntries ? "present" : "none-recorded"
              : hasEntries ? "incomplete" : "unknown");
    });
    return states;
  }

  private static boolean isWhole(List<String> any, Map<String, Contribution> sources) {
    return any.stream().anyMatch(s -> sources.get(s) == Contribution.WHOLE);
  }
}
