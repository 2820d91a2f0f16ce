package io.wholechart.completeness;

import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import io.wholechart.source.Withheld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the answer holds and what it lacks.
 *
 * @param sections every section that a source is responsible for or that has entries
 * @param answered the sources that answered whole, in the order of the configuration
 * @param missing the others
 * @param withheld of what the answer says that something is kept from who asks: sections' keys, and
 *     {@code other}
 */
public record Completeness(
    Map<Section, SectionCompleteness> sections,
    List<String> answered,
    List<String> missing,
    List<String> withheld) {
  private static final Section[] SECTIONS = Section.values();

  public Completeness {
    sections.forEach(Completeness::requireItsOwn);
    sections = Collections.unmodifiableMap(new EnumMap<>(sections));
    answered = List.copyOf(answered);
    missing = List.copyOf(missing);
    withheld = List.copyOf(withheld);
  }

  /** The share of the configured sources that answered whole. */
  public double share() {
    return (double) answered.size() / (answered.size() + missing.size());
  }

  /** Whether nothing is missing, and nothing is said to be withheld. */
  public boolean isComplete() {
    return missing.isEmpty() && withheld.isEmpty();
  }

  /** {@code complete}, {@code partial} or {@code none}: for metrics. */
  public String extent() {
    return missing.isEmpty() ? "complete" : answered.isEmpty() ? "none" : "partial";
  }

  /** Weighs a record against what its sources are responsible for. */
  public static Completeness of(List<SourceReport> reports, PatientRecord record) {
    Map<Section, SectionCompleteness> sections = new EnumMap<>(Section.class);
    for (Section section : SECTIONS) {
      List<MergedEntry> entries = record.in(section);
      var coverage = Coverage.of(section, reports, entries);
      if (!coverage.expected().isEmpty() || !entries.isEmpty()) {
        sections.put(section, SectionCompleteness.of(coverage));
      }
    }
    return new Completeness(
        sections, names(reports, true), names(reports, false), withheld(reports));
  }

  private static List<String> withheld(List<SourceReport> reports) {
    List<String> withheld = new ArrayList<>(0);
    for (Section section : SECTIONS) {
      if (isAny(reports, report -> report.isWithheld(section))) {
        withheld.add(section.key());
      }
    }
    if (isAny(reports, report -> report.withheld().isOtherSaid())) {
      withheld.add(Withheld.OTHER);
    }
    return withheld;
  }

  private static boolean isAny(List<SourceReport> reports, Predicate<SourceReport> predicate) {
    for (SourceReport report : reports) {
      if (predicate.test(report)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(List<SourceReport> reports, boolean isAnswered) {
    return reports.stream()
        .filter(r -> r.result().isAnswered() == isAnswered)
        .map(SourceReport::source)
        .toList();
  }

  private static void requireItsOwn(Section section, SectionCompleteness its) {
    if (its.coverage().section() != section) {
      throw new IllegalArgumentException(its.coverage().section() + " under " + section);
    }
  }
}
