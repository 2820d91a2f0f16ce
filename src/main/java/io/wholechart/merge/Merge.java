package io.wholechart.merge;

import io.wholechart.patient.Absence;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges what the sources sent. */
public final class Merge {
  private Merge() {}

  /**
   * Merges entries; they come source by source, in the order of the configuration, which decides
   * which of a group is shown first and what stands first of what has the same time, and nothing
   * else.
   */
  public static PatientRecord merge(List<Entry> entries) {
    List<MergedEntry> other = new ArrayList<>();
    Map<Section, List<Entry>> bySection = bySection(entries, other);
    Map<Section, List<MergedEntry>> merged = new EnumMap<>(Section.class);
    Set<Conflict> conflicts = new LinkedHashSet<>(); // two codes of a test lead to it twice
    bySection.forEach((section, its) -> merged.put(section, merged(section, its, conflicts)));
    return new PatientRecord(merged, other, List.copyOf(conflicts));
  }

  private static Map<Section, List<Entry>> bySection(List<Entry> entries, List<MergedEntry> other) {
    Map<Section, List<Entry>> bySection = new EnumMap<>(Section.class);
    for (Entry entry : entries) {
      @Nullable Section section = entry.section().orElse(null);
      if (section == null) {
        other.add(new MergedEntry(List.of(entry)));
      } else {
        bySection.computeIfAbsent(section, _ -> new ArrayList<>()).add(entry);
      }
    }
    return bySection;
  }

  private static List<MergedEntry> merged(
      Section section, List<Entry> entries, Set<Conflict> conflicts) {
    if (section == Section.PATIENT) {
      DemographicConflicts.among(entries, conflicts);
    }
    if (Absence.canBeStated(section)) {
      NoneKnownConflicts.among(section, entries, conflicts);
    }
    if (!isOfSeveralSources(entries)) { // two equal entries of one source are two events there
      return Order.newestFirst(alone(entries));
    }
    if (Standing.isOf(section)) {
      StatusConflicts.among(section, entries, conflicts);
    }
    var grouping = new Grouping(section, entries);
    grouping.conflicts(conflicts);
    return Order.newestFirst(grouping.merged());
  }

  private static boolean isOfSeveralSources(List<Entry> entries) {
    String first = entries.getFirst().source();
    for (Entry entry : entries) {
      if (!entry.source().equals(first)) {
        return true;
      }
    }
    return false;
  }

  private static List<MergedEntry> alone(List<Entry> entries) {
    List<MergedEntry> merged = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      merged.add(new MergedEntry(List.of(entry)));
    }
    return merged;
  }
}
