package io.wholechart.completeness;

import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the answer holds and what it lacks.
 *
 * @param sections every section that a source is responsible for or that has entries
 * @param answered the sources that answered whole, in the order of the configuration
 * @param missing the others
 */
public record Completeness(
    Map<Section, SectionCompleteness> sections, List<String> answered, List<String> missing) {
  public Completeness {
    sections = Collections.unmodifiableMap(new EnumMap<>(sections));
    answered = List.copyOf(answered);
    missing = List.copyOf(missing);
  }

  /** The share of the configured sources that answered whole. */
  public double share() {
    return (double) answered.size() / (answered.size() + missing.size());
  }

  public boolean isComplete() {
    return missing.isEmpty();
  }

  /** {@code complete}, {@code partial} or {@code none}: for metrics. */
  public String extent() {
    return missing.isEmpty() ? "complete" : answered.isEmpty() ? "none" : "partial";
  }

  /** Weighs a record against what its sources are responsible for. */
  public static Completeness of(List<SourceReport> reports, PatientRecord record) {
    Map<Section, SectionCompleteness> sections = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      List<SourceReport> responsible =
          reports.stream().filter(r -> r.sections().contains(section)).toList();
      List<Entry> entries =
          record.in(section).stream().map(MergedEntry::originals).flatMap(List::stream).toList();
      if (!responsible.isEmpty() || !entries.isEmpty()) {
        sections.put(section, weigh(section, responsible, entries));
      }
    }
    return new Completeness(sections, names(reports, true), names(reports, false));
  }

  private static SectionCompleteness weigh(
      Section section, List<SourceReport> responsible, List<Entry> entries) {
    List<String> ignorant =
        entries.stream()
            .filter(entry -> Assertions.isNoInformation(section, entry))
            .map(Entry::source)
            .toList();
    List<Entry> telling =
        entries.stream().filter(entry -> !Assertions.isNoInformation(section, entry)).toList();
    List<SourceReport> lacking =
        responsible.stream()
            .filter(r -> !r.result().isAnswered() || ignorant.contains(r.source()))
            .toList();
    // With nobody responsible, a section can have entries but never be whole.
    boolean isWhole = lacking.isEmpty() && !responsible.isEmpty();
    SectionState state = isWhole ? whole(section, telling) : lacking(lacking, !telling.isEmpty());
    return new SectionCompleteness(
        state,
        responsible.stream().map(SourceReport::source).toList(),
        responsible.stream().filter(r -> !lacking.contains(r)).map(SourceReport::source).toList());
  }

  private static SectionState whole(Section section, List<Entry> entries) {
    if (entries.isEmpty()) {
      return SectionState.NONE_RECORDED;
    }
    boolean isAsserted = entries.stream().allMatch(e -> Assertions.isNoneKnown(section, e));
    return isAsserted ? SectionState.NONE_KNOWN : SectionState.PRESENT;
  }

  private static SectionState lacking(List<SourceReport> lacking, boolean hasEntries) {
    if (hasEntries) {
      return SectionState.INCOMPLETE;
    }
    boolean isDenied =
        !lacking.isEmpty()
            && lacking.stream()
                .allMatch(r ->
                    r.result()
                        .failure()
                        .filter(f -> f.reason() == FailureReason.DENIED)
                        .isPresent());
    return isDenied ? SectionState.WITHHELD : SectionState.UNKNOWN;
  }

  private static List<String> names(List<SourceReport> reports, boolean isAnswered) {
    return reports.stream()
        .filter(r -> r.result().isAnswered() == isAnswered)
        .map(SourceReport::source)
        .toList();
  }
}
