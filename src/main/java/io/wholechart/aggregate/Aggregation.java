package io.wholechart.aggregate;

import io.wholechart.completeness.Completeness;
import io.wholechart.patient.PatientRecord;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.util.List;

/** One gathered chart: what every source did, the record that came of it, and what it lacks. */
public record Aggregation(
    List<SourceReport> reports, PatientRecord record, Completeness completeness, Duration elapsed) {
  public Aggregation {
    reports = List.copyOf(reports);
  }
}
