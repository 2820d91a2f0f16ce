package io.wholechart.patient;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A clinical section of the chart, with the FHIR R4 resource types that belong to it.
 *
 * <p>A type that is nobody's (a Practitioner, a CarePlan, a Medication that a request refers to)
 * has no section on purpose: it is kept in the answer beside the sections, but its presence must
 * never make a section look answered.
 */
public enum Section {
  PATIENT("patient", Set.of("Patient")),
  ALLERGIES("allergies", Set.of("AllergyIntolerance")),
  CONDITIONS("conditions", Set.of("Condition")),
  MEDICATIONS(
      "medications",
      Set.of(
          "MedicationRequest",
          "MedicationDispense",
          "MedicationStatement",
          "MedicationAdministration")),
  RESULTS("results", Set.of("Observation", "DiagnosticReport")),
  IMAGING("imaging", Set.of("ImagingStudy")),
  ENCOUNTERS("encounters", Set.of("Encounter")),
  IMMUNIZATIONS("immunizations", Set.of("Immunization")),
  PROCEDURES("procedures", Set.of("Procedure")),
  DOCUMENTS("documents", Set.of("DocumentReference", "DocumentManifest", "Composition"));

  private static final Map<String, Section> BY_TYPE = new HashMap<>();

  static {
    for (Section section : values()) {
      section.resourceTypes.forEach(type -> BY_TYPE.put(type, section));
    }
  }

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of, above
  private final Set<String> resourceTypes;

  Section(String key, Set<String> resourceTypes) {
    this.key = key;
    this.resourceTypes = resourceTypes;
  }

  /** The name in requests, configuration and the answer. */
  public String key() {
    return key;
  }

  public Set<String> resourceTypes() {
    return resourceTypes;
  }

  public static Optional<Section> named(String key) {
    return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
  }

  /** The section that resources of this FHIR type belong to, if any. */
  public static Optional<Section> ofType(String resourceType) {
    return Optional.ofNullable(BY_TYPE.get(resourceType));
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Section::key).toList();
  }
}
