package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order with its results; becomes a DiagnosticReport.
 *
 * @param subject who it is about, or null where the message does not say
 * @param status a code of FHIR's DiagnosticReportStatus
 * @param effective when the specimen was taken, as FHIR dateTimes
 * @param results the ids of its Observations
 * @param forms documents that came with it
 */
public record LaboratoryReport(
    String id,
    @Nullable LaboratoryPatient subject,
    List<NamedIdentifier> identifiers,
    String status,
    CodedText code,
    Effective effective,
    @Nullable String issued,
    List<String> results,
    @Nullable String conclusion,
    List<Form> forms) {
  public LaboratoryReport {
    identifiers = List.copyOf(identifiers);
    results = List.copyOf(results);
    forms = List.copyOf(forms);
  }

  /** When something was true at the patient: a moment, or a period where it has an end. */
  public record Effective(@Nullable String start, @Nullable String end) {}

  /** A document as it was sent. */
  public record Form(@Nullable String contentType, String base64) {}

  @Override
  public String toString() {
    return "LaboratoryReport[" + results.size() + "]";
  }
}
