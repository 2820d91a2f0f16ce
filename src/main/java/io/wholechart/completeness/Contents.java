package io.wholechart.completeness;

import io.wholechart.patient.Absence;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.Section;
import java.util.List;

/** What was told of a section, whoever told it. A source that says it knows nothing tells none. */
public enum Contents {
  /** No entries. */
  NOTHING,
  /** Nothing but assertions that there is nothing, and all of them stand. */
  ASSERTED_NONE,
  /**
   * Nothing but claims that there is nothing, and one of them was withdrawn, or may be a
   * stranger's: it is shown as what it is, but nobody should leave out a question for it.
   */
  CLAIMED_NONE,
  /** Something. */
  ENTRIES;

  static Contents of(Section section, List<MergedEntry> entries) {
    if (!Absence.canBeStated(section)) {
      return entries.isEmpty() ? NOTHING : ENTRIES;
    }
    Contents contents = NOTHING;
    for (MergedEntry merged : entries) {
      for (Entry entry : merged.originals()) {
        Contents its = of(section, entry);
        contents = its.compareTo(contents) > 0 ? its : contents; // declared from less to more
      }
    }
    return contents;
  }

  private static Contents of(Section section, Entry entry) {
    if (Absence.isNoInformation(section, entry.facts())) {
      return NOTHING;
    }
    if (!Absence.isClaim(section, entry.facts())) {
      return ENTRIES;
    }
    boolean isBelieved =
        entry.identity() == IdentityVerdict.MATCH && Absence.isAsserted(section, entry.facts());
    return isBelieved ? ASSERTED_NONE : CLAIMED_NONE;
  }
}
