package io.wholechart.merge;

import io.wholechart.patient.Absence;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds "no known allergies" beside an allergy, and the like. The allergy stands; both are shown.
 * One source that says both contradicts itself, which is no better.
 */
final class NoneKnownConflicts {
  private NoneKnownConflicts() {}

  static void among(Section section, List<Entry> entries, Set<Conflict> conflicts) {
    List<Entry> assertions = new ArrayList<>(0);
    for (Entry entry : entries) {
      if (Absence.isAsserted(section, entry.facts())) {
        assertions.add(entry);
      }
    }
    if (assertions.isEmpty()) {
      return;
    }
    var claims = new Claims();
    assertions.forEach(assertion -> claims.add("none known", assertion));
    for (Entry entry : entries) {
      if (contradicts(section, entry.facts())) {
        claims.add("recorded", entry);
      }
    }
    if (claims.size() > 1) {
      conflicts.add(claims.conflict(section, Kind.NONE_KNOWN, "code"));
    }
  }

  private static boolean contradicts(Section section, ResourceFacts facts) {
    return switch (Standing.of(section, facts)) {
      case HOLDS -> true;
      case ENDED -> false;
      // An allergy whose status nobody filled in is not to be overlooked for that.
      case UNSTATED ->
          (section == Section.ALLERGIES || section == Section.CONDITIONS)
              && !Absence.isClaim(section, facts)
              && !Absence.isNoInformation(section, facts);
    };
  }
}
