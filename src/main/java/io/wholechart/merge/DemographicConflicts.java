package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.List;
import java.util.Set;
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

  static void among(List<Entry> patients, Set<Conflict> conflicts) {
    if (patients.size() < 2) {
      return;
    }
    for (Element element : ELEMENTS) {
      var claims = new Claims();
      for (Entry patient : patients) {
        @Nullable Demographics demographics = patient.facts().demographics();
        @Nullable String value = demographics == null ? null : element.value().apply(demographics);
        if (value != null) {
          claims.add(value, patient);
        }
      }
      if (claims.size() > 1) {
        conflicts.add(claims.conflict(Section.PATIENT, Kind.DEMOGRAPHICS, element.name()));
      }
    }
  }
}
