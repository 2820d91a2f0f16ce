package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.patient.Stated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds sources that word the dosage of the same prescription in different ways. */
final class DosageConflicts {
  private DosageConflicts() {}

  /** Looks at entries about the same drug at the same time. */
  static void among(List<Entry> entries, Set<Conflict> conflicts) {
    var claims = new Claims();
    for (Entry entry : entries) {
      @Nullable Stated dosage = entry.facts().stated();
      if (dosage != null && !"entered-in-error".equals(entry.facts().status())) {
        claims.add(dosage, entry);
      }
    }
    if (claims.isContradicted()) {
      conflicts.add(claims.conflict(Section.MEDICATIONS, Kind.DOSAGE, "dosage"));
    }
  }
}
