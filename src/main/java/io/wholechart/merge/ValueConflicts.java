package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import io.wholechart.patient.Stated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sources that tell different values of the same test at the same time, whatever the status:
 * a preliminary value that was corrected elsewhere is what a reader must not miss.
 */
final class ValueConflicts {
  private ValueConflicts() {}

  /** Looks at entries about the same test at the same time. */
  static void among(List<Entry> entries, Set<Conflict> conflicts) {
    if (isOneValue(entries)) {
      return;
    }
    var claims = new Claims();
    for (Entry entry : entries) {
      @Nullable Stated value = value(entry);
      if (value != null) {
        claims.add(value, entry);
      }
    }
    if (claims.isContradicted()) {
      boolean isReport = entries.getFirst().facts().type().equals("DiagnosticReport");
      Kind kind = claims.isOfDifferentUnits() ? Kind.UNIT : Kind.VALUE;
      conflicts.add(claims.conflict(Section.RESULTS, kind, isReport ? "conclusion" : "value"));
    }
  }

  private static boolean isOneValue(List<Entry> entries) {
    @Nullable Stated first = null;
    for (Entry entry : entries) {
      @Nullable Stated value = value(entry);
      if (first == null) {
        first = value;
      } else if (value != null && !value.plain().equals(first.plain())) {
        return false;
      }
    }
    return true;
  }

  /** What is taken back, and what a source leaves out, is no claim. */
  private static @Nullable Stated value(Entry entry) {
    ResourceFacts facts = entry.facts();
    boolean isTakenBack =
        "entered-in-error".equals(facts.status()) || "cancelled".equals(facts.status());
    return facts.stated() == null || isTakenBack ? null : facts.stated();
  }
}
