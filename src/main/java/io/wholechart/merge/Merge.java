package io.wholechart.merge;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges what the sources sent. */
public final class Merge {
  private static final Comparator<MergedEntry> NEWEST_FIRST =
      Comparator.comparing(
          (MergedEntry entry) -> entry.first().facts().time(),
          Comparator.nullsFirst(Comparator.<ClinicalTime>naturalOrder()).reversed());

  private Merge() {}

  /** Merges entries; they come source by source, in the order of the configuration. */
  public static PatientRecord merge(List<Entry> entries) {
    Map<Section, List<Group>> sections = new EnumMap<>(Section.class);
    List<MergedEntry> other = new ArrayList<>();
    Map<Sameness, List<Group>> bySameness = new HashMap<>();
    for (Entry entry : entries) {
      @Nullable Section section = entry.section().orElse(null);
      if (section == null) {
        other.add(new MergedEntry(List.of(entry)));
      } else if (!joins(entry, bySameness)) {
        sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(founded(entry, bySameness));
      }
    }
    Map<Section, List<MergedEntry>> merged = new EnumMap<>(Section.class);
    sections.forEach((section, groups) -> merged.put(section, ordered(groups)));
    List<Conflict> conflicts = new ArrayList<>();
    DemographicConflicts.among(entries, conflicts);
    return new PatientRecord(merged, other, conflicts);
  }

  /** Entries that say the same, at most one of each source. */
  private record Group(List<Entry> originals) {
    boolean hasNoneOf(String source) {
      return originals.stream().noneMatch(e -> e.source().equals(source));
    }
  }

  /**
   * What two entries must have in common, every status included: a refuted diagnosis must not stand
   * behind a confirmed one.
   */
  private record Sameness(
      String type,
      Coding coding,
      @Nullable String status,
      @Nullable String clinicalStatus,
      @Nullable String verificationStatus,
      ClinicalTime time) {}

  /**
   * Adds the entry to the first group that says the same and has none of its source: two equal
   * entries of one source are two events there, whatever they look like from here.
   */
  private static boolean joins(Entry entry, Map<Sameness, List<Group>> bySameness) {
    for (Sameness key : keys(entry.facts())) {
      for (Group group : bySameness.getOrDefault(key, List.of())) {
        if (group.hasNoneOf(entry.source())) {
          group.originals().add(entry);
          return true;
        }
      }
    }
    return false;
  }

  private static Group founded(Entry entry, Map<Sameness, List<Group>> bySameness) {
    var group = new Group(new ArrayList<>(List.of(entry)));
    for (Sameness key : keys(entry.facts())) {
      bySameness.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(group);
    }
    return group;
  }

  /** One key for each code that is shared; none, and so never grouped, without a code or a time. */
  private static List<Sameness> keys(ResourceFacts facts) {
    @Nullable ClinicalTime time = facts.time();
    if (time == null || facts.codings().isEmpty()) {
      return List.of();
    }
    List<Sameness> keys = new ArrayList<>(facts.codings().size());
    for (Coding coding : facts.codings()) {
      if (coding.isShared()) {
        keys.add(
            new Sameness(
                facts.type(),
                coding,
                facts.status(),
                facts.clinicalStatus(),
                facts.verificationStatus(),
                time));
      }
    }
    return keys;
  }

  private static List<MergedEntry> ordered(List<Group> groups) {
    return groups.stream()
        .map(group -> new MergedEntry(group.originals()))
        .sorted(NEWEST_FIRST) // stable: entries of one time stay in the order they came
        .toList();
  }
}
