package io.wholechart.summary;

import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.fhir.AnswerNames;
import io.wholechart.fhir.PatientAuthor;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.Section;
import org.jspecify.annotations.Nullable;

/** The one Patient of a chart, whom all that its sources say of the patient went into. */
public final class MergedPatient {
  private MergedPatient() {}

  /** By itself, with links to the sources' Patients. */
  public static ResourceBytes alone(Chart chart) {
    return of(chart, AnswerNames.of(chart.entries()), true);
  }

  /** In a document, which has no other Patient to lead to. */
  static ResourceBytes within(Chart chart, AnswerNames names) {
    return of(chart, names, false);
  }

  private static ResourceBytes of(Chart chart, AnswerNames names, boolean isLinked) {
    @Nullable SectionCompleteness its = chart.completeness().sections().get(Section.PATIENT);
    boolean isLacking = its == null || its.state().isLacking();
    return PatientAuthor.merged(
        chart.id().value(),
        chart.patients(),
        chart.record().conflictsIn(Section.PATIENT),
        names,
        isLacking ? "temp-unknown" : "unknown",
        isLinked);
  }
}
