package io.wholechart.patient;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The merged chart.
 *
 * @param sections the entries by section, the newest first; a section without entries is not in the
 *     map
 * @param other resources of the chart that no section claims: practitioners, care plans, devices
 * @param conflicts what the sources disagree on, by section
 */
public record PatientRecord(
    Map<Section, List<MergedEntry>> sections, List<MergedEntry> other, List<Conflict> conflicts) {
  public PatientRecord {
    Map<Section, List<MergedEntry>> copy = new EnumMap<>(Section.class);
    sections.forEach((section, entries) -> copy.put(section, List.copyOf(entries)));
    sections = Collections.unmodifiableMap(copy); // which keeps the order of the enum
    other = List.copyOf(other);
    conflicts = List.copyOf(conflicts);
  }

  public List<Conflict> conflictsIn(Section section) {
    return conflicts.stream().filter(conflict -> conflict.section() == section).toList();
  }

  public List<MergedEntry> in(Section section) {
    return sections.getOrDefault(section, List.of());
  }
}
