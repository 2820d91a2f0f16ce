package io.wholechart.disclosure;

import io.wholechart.patient.Coding;

/** The codes that AuditEvents are made of. */
final class Codes {
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String EVENT = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String SOURCE = "http://terminology.hl7.org/CodeSystem/security-source-type";
  private static final String RESTFUL = "http://hl7.org/fhir/restful-interaction";
  private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String BALP = "https://profiles.ihe.net/ITI/BALP/";

  static final String PATIENT_READ = BALP + "StructureDefinition/IHE.BasicAudit.PatientRead";
  static final String PATIENT_QUERY = BALP + "StructureDefinition/IHE.BasicAudit.PatientQuery";

  static final Coding REST = new Coding(EVENT, "rest");
  static final Coding APPLICATION_ACTIVITY = new Coding(DICOM, "110100");
  static final Coding AUDIT_LOG_USED = new Coding(DICOM, "110101");
  static final Coding SECURITY_ALERT = new Coding(DICOM, "110113");
  static final Coding APPLICATION = new Coding(DICOM, "110150");
  static final Coding DESTINATION = new Coding(DICOM, "110152");
  static final Coding ORIGIN = new Coding(DICOM, "110153");
  static final Coding RECIPIENT = new Coding(PARTICIPATION, "IRCP");
  static final Coding APPLICATION_SERVER = new Coding(SOURCE, "4");

  static final Coding PERSON = new Coding(ENTITY, "1");
  static final Coding SYSTEM_OBJECT = new Coding(ENTITY, "2");
  static final Coding OTHER = new Coding(ENTITY, "4");
  static final Coding REQUEST_ID =
      new Coding(BALP + "CodeSystem/BasicAuditEntityType", "XrequestId");

  static final Coding PATIENT_ROLE = new Coding(ROLE, "1");
  static final Coding DATA_ROLE = new Coding(ROLE, "4");
  static final Coding SECURITY_RESOURCE_ROLE = new Coding(ROLE, "13");
  static final Coding REPOSITORY_ROLE = new Coding(ROLE, "17");
  static final Coding QUERY_ROLE = new Coding(ROLE, "24");

  private Codes() {}

  static Coding restful(String code) {
    return new Coding(RESTFUL, code);
  }

  static Coding purpose(String code) {
    return new Coding(REASON, code);
  }
}
