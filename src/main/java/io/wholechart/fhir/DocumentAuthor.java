package io.wholechart.fhir;

import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.Section;

/** Writes what an International Patient Summary holds besides what the sources sent. */
public final class DocumentAuthor {
  /** Us, as {@code meta.source} of what we author. */
  public static final String OURSELVES = "urn:wholechart";

  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String ABSENT =
      "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private DocumentAuthor() {}

  public static ResourceBytes composition(CompositionDraft draft) {
    var json = begin("Composition", draft.id());
    narrative(json, draft.narrative());
    json.text("status", "final");
    loinc(json, "type", "60591-5");
    DataTypes.reference(json, "subject", draft.subject());
    json.text("date", draft.date()).openList("author");
    DataTypes.reference(json, null, draft.author());
    json.closeList().text("title", draft.title()).openList("section");
    for (CompositionDraft.Section section : draft.sections()) {
      section(json, section);
    }
    json.closeList();
    return end(json);
  }

  private static void section(JsonBuffer json, CompositionDraft.Section section) {
    json.open(null).text("title", section.title());
    loinc(json, "code", section.loinc());
    narrative(json, section.narrative());
    if (!section.entries().isEmpty()) {
      json.openList("entry");
      section.entries().forEach(entry -> DataTypes.reference(json, null, entry));
      json.closeList();
    }
    if (section.emptyReason() != null) {
      DataTypes.coded(
          json, "emptyReason", TERMINOLOGY + "list-empty-reason", section.emptyReason());
    }
    json.close();
  }

  /** The device that gathered and wrote the document. */
  public static ResourceBytes device(String id) {
    var json = begin("Device", id);
    json.text("status", "active").text("manufacturer", "Wholechart").openList("deviceName");
    json.open(null).text("name", "Wholechart").text("type", "manufacturer-name").close();
    json.closeList();
    return end(json);
  }

  /** The type of what says, for want of entries, that nothing is known of a section. */
  public static String typeOfNoInformation(Section section) {
    return switch (section) {
      case ALLERGIES -> "AllergyIntolerance";
      case CONDITIONS -> "Condition";
      case MEDICATIONS -> "MedicationStatement";
      case IMMUNIZATIONS -> "Immunization";
      case PROCEDURES -> "Procedure";
      case PATIENT, RESULTS, IMAGING, ENCOUNTERS, DOCUMENTS ->
          throw new IllegalArgumentException("no code says it of " + section.key());
    };
  }

  /** Says that nothing is known of a section, which is never to say that there is nothing. */
  public static ResourceBytes noInformation(Section section, String id, String patient) {
    var json = begin(typeOfNoInformation(section), id);
    switch (section) {
      case ALLERGIES -> {
        DataTypes.coded(
            json, "clinicalStatus", TERMINOLOGY + "allergyintolerance-clinical", "active");
        DataTypes.coded(json, "code", ABSENT, "no-allergy-info");
        DataTypes.reference(json, "patient", patient);
      }
      case CONDITIONS -> {
        DataTypes.coded(json, "clinicalStatus", TERMINOLOGY + "condition-clinical", "active");
        DataTypes.coded(json, "code", ABSENT, "no-problem-info");
        DataTypes.reference(json, "subject", patient);
      }
      case MEDICATIONS -> {
        json.text("status", "unknown");
        DataTypes.coded(json, "medicationCodeableConcept", ABSENT, "no-medication-info");
        DataTypes.reference(json, "subject", patient);
        DataTypes.absent(json, "_effectiveDateTime", "unknown");
      }
      case IMMUNIZATIONS -> {
        json.text("status", "not-done");
        DataTypes.coded(json, "vaccineCode", ABSENT, "no-immunization-info");
        DataTypes.reference(json, "patient", patient);
        DataTypes.absent(json, "_occurrenceDateTime", "unknown");
      }
      case PROCEDURES -> {
        json.text("status", "unknown");
        DataTypes.coded(json, "code", ABSENT, "no-procedure-info");
        DataTypes.reference(json, "subject", patient);
        DataTypes.absent(json, "_performedDateTime", "unknown");
      }
      case PATIENT, RESULTS, IMAGING, ENCOUNTERS, DOCUMENTS ->
          throw new IllegalArgumentException("no code says it of " + section.key());
    }
    return end(json);
  }

  private static JsonBuffer begin(String type, String id) {
    return new JsonBuffer()
        .open(null)
        .text("resourceType", type)
        .text("id", id)
        .open("meta")
        .text("source", OURSELVES)
        .close();
  }

  private static ResourceBytes end(JsonBuffer json) {
    byte[] bytes = json.close().toByteArray();
    return new ResourceBytes(bytes, 0, bytes.length);
  }

  private static void loinc(JsonBuffer json, String name, String code) {
    DataTypes.coded(json, name, "http://loinc.org", code);
  }

  private static void narrative(JsonBuffer json, String xhtml) {
    json.open("text").text("status", "generated").text("div", xhtml).close();
  }
}
