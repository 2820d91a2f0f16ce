package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Claim;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what the sources' Patients disagree on. Values are compared as they were sent: whether
 * "Ana" and "Ana Maria" are one person is for a reader to say. What a source leaves out is no
 * claim.
 */
final class DemographicConflicts {
  private DemographicConflicts() {}

  private record Element(String name, Function<Demographics, @Nullable String> value) {}

  private static final List<Element> ELEMENTS =
      List.of(
          new Element("birthDate", Demographics::birthDate),
          new Element("gender", Demographics::gender),
          new Element("name.family", Demographics::family),
          new Element("name.given", Demographics::given));

  static List<Conflict> among(List<Entry> entries) {
    List<Conflict> conflicts = new ArrayList<>();
    for (Element element : ELEMENTS) {
      Map<String, List<String>> sourcesByValue = new LinkedHashMap<>();
      for (Entry entry : entries) {
        @Nullable Demographics demographics = entry.facts().demographics();
        @Nullable String value = demographics == null ? null : element.value().apply(demographics);
        if (value != null) {
          List<String> sources = sourcesByValue.computeIfAbsent(value, _ -> new ArrayList<>());
          if (!sources.contains(entry.source())) {
            sources.add(entry.source());
          }
        }
      }
      if (sourcesByValue.size() > 1) {
        conflicts.add(
            new Conflict(
                element.name(),
                sourcesByValue.entrySet().stream()
                    .map(claim -> new Claim(claim.getKey(), claim.getValue()))
                    .toList()));
      }
    }
    return conflicts;
  }
}
