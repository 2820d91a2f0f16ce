package io.wholechart.summary;

import io.wholechart.completeness.Completeness;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.util.List;

/** What is summarized: what was gathered of one patient, and what that lacks. */
public record Chart(
    PatientId id, List<SourceReport> reports, PatientRecord record, Completeness completeness) {
  public Chart {
    reports = List.copyOf(reports);
  }

  List<Entry> entries() {
    return reports.stream().flatMap(report -> report.result().entries().stream()).toList();
  }

  /** The sources' Patients, of whom it is sure that they are this one. */
  public List<Entry> patients() {
    return record.in(Section.PATIENT).stream()
        .map(MergedEntry::originals)
        .flatMap(List::stream)
        .filter(entry -> entry.identity() == IdentityVerdict.MATCH)
        .toList();
  }
}
