package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;

/** Who somebody is, in the words that every protocol needs. */
record Person(String family, String given, String birthDate, String gender) {
  /** From a FHIR Patient. */
  static Person of(JsonNode patient) {
    return new Person(
        patient.at("/name/0/family").asText(),
        patient.at("/name/0/given/0").asText(),
        patient.path("birthDate").asText(),
        patient.path("gender").asText());
  }

  /** As HL7 v2 and DICOM say it. */
  String sex() {
    return gender.equals("female") ? "F" : "M";
  }
}
