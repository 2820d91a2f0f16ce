package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One study of an imaging archive; becomes an ImagingStudy.
 *
 * @param uid the Study Instance UID
 * @param started a FHIR dateTime
 * @param status a code of FHIR's ImagingStudyStatus
 */
public record ImagingStudyDraft(
    String uid,
    @Nullable NamedIdentifier patient,
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
