package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what the stub pharmacy has of a patient: the EHR's prescriptions, under numbers of its
 * own, and what was handed out for each, which Synthea does not tell.
 */
final class Pharmacy {
  private static final int MOST_REFILLS = 3;

  private Pharmacy() {}

  /** By resource type, as many as there are. */
  static Map<String, List<JsonNode>> resources(Synthetic patient) throws IOException {
    Map<String, List<JsonNode>> resources = new LinkedHashMap<>();
    List<JsonNode> requests = new ArrayList<>();
    List<JsonNode> dispenses = new ArrayList<>();
    for (JsonNode entry : patient.bundle().path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals("Patient")) {
        resources.put("Patient", List.of(person(patient, resource)));
      }
      if (resource.has("medicationCodeableConcept")
          && resource.path("resourceType").asText().equals("MedicationRequest")) {
        int number = requests.size() + 1;
        requests.add(request(patient, number, resource));
        for (int refill = 0; refill <= number % MOST_REFILLS; refill++) {
          dispenses.add(dispense(patient, number, refill, resource));
        }
      }
    }
    resources.put("MedicationRequest", requests);
    resources.put("MedicationDispense", dispenses);
    return resources;
  }

  private static ObjectNode person(Synthetic patient, JsonNode from) {
    ObjectNode person = resource("Patient", patient.id());
    person
        .putArray("identifier")
        .addObject()
        .put("system", "https://wholechart.example/identifiers/pharmacy-customer")
        .put("value", "C-" + patient.id().substring(0, 8));
    person.set("name", from.path("name"));
    person.set("gender", from.path("gender"));
    person.set("birthDate", from.path("birthDate"));
    return person;
  }

  private static ObjectNode request(Synthetic patient, int number, JsonNode from) {
    ObjectNode request = medication("MedicationRequest", patient, "rx-" + number, from);
    request.put("status", from.path("status").asText()).put("intent", "order");
    request.set("authoredOn", from.path("authoredOn"));
    return request;
  }

  private static ObjectNode dispense(Synthetic patient, int number, int refill, JsonNode from) {
    ObjectNode dispense =
        medication("MedicationDispense", patient, "disp-" + number + "-" + refill, from);
    LocalDate authored = LocalDate.parse(from.path("authoredOn").asText().substring(0, 10));
    dispense
        .put("status", "completed")
        .put("whenHandedOver", authored.plusDays(30L * refill).toString());
    dispense
        .putArray("authorizingPrescription")
        .addObject()
        .put("reference", "MedicationRequest/" + id(patient, "rx-" + number));
    return dispense;
  }

  private static ObjectNode medication(
      String type, Synthetic patient, String number, JsonNode from) {
    ObjectNode resource = resource(type, id(patient, number));
    resource.set("medicationCodeableConcept", from.path("medicationCodeableConcept"));
    resource.putObject("subject").put("reference", "Patient/" + patient.id());
    return resource;
  }

  private static ObjectNode resource(String type, String id) {
    return Rest.JSON.createObjectNode().put("resourceType", type).put("id", id);
  }

  private static String id(Synthetic patient, String number) {
    return patient.id().substring(0, 8) + "-" + number;
  }
}
