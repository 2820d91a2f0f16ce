package io.wholechart.summary;

import io.wholechart.patient.Section;

/**
 * The sections of the summary, in the order in which they are read: what must not be overlooked
 * comes first. Encounters and documents have no place in a patient summary.
 */
enum SummarySection {
  ALLERGIES(Section.ALLERGIES, "48765-2", "Allergies and intolerances"),
  PROBLEMS(Section.CONDITIONS, "11450-4", "Problems"),
  MEDICATIONS(Section.MEDICATIONS, "10160-0", "Medications"),
  IMMUNIZATIONS(Section.IMMUNIZATIONS, "11369-6", "Immunizations"),
  PROCEDURES(Section.PROCEDURES, "47519-4", "Procedures"),
  RESULTS(Section.RESULTS, "30954-2", "Results"),
  /** Not one of the guide's: its results take no ImagingStudy. */
  IMAGING(Section.IMAGING, "18748-4", "Imaging studies");

  private final Section section;
  private final String loinc;
  private final String title;

  SummarySection(Section section, String loinc, String title) {
    this.section = section;
    this.loinc = loinc;
    this.title = title;
  }

  Section section() {
    return section;
  }

  String loinc() {
    return loinc;
  }

  String title() {
    return title;
  }

  /** Whether the guide wants it in every summary. */
  boolean isRequired() {
    return this == ALLERGIES || this == PROBLEMS || this == MEDICATIONS;
  }

  /** Whether there is a code that says "no information" of it. */
  boolean canSayNoInformation() {
    return this != RESULTS && this != IMAGING;
  }
}
