package io.wholechart.fhir;

import io.wholechart.patient.Demographics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One study of an imaging archive; becomes an ImagingStudy.
 *
 * @param uid the Study Instance UID
 * @param described what the archive says of the patient; it is compared and not written
 * @param started a FHIR dateTime
 * @param status a code of FHIR's ImagingStudyStatus
 */
public record ImagingStudyDraft(
    String uid,
    @Nullable NamedIdentifier patient,
    @Nullable Demographics described,
    @Nullable String accession,
    List<String> modalities,
    @Nullable String started,
    @Nullable String description,
    @Nullable String referrer,
    @Nullable Integer series,
    @Nullable Integer instances,
    String status) {
  public ImagingStudyDraft {
    modalities = List.copyOf(modalities);
  }

  @Override
  public String toString() {
    return "ImagingStudyDraft[withheld]";
  }
}
