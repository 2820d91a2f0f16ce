package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.wholechart.hospital.StubHospital;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Asks the sources what they hold of a patient, each in its own way and all pages. */
public final class Direct {
  /** What Synthea makes that R4's Patient compartment has, each searched by {@code patient}. */
  private static final List<String> COMPARTMENT =
      List.of(
          "AllergyIntolerance",
          "CarePlan",
          "CareTeam",
          "Condition",
          "Device",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "ImagingStudy",
          "Immunization",
          "MedicationAdministration",
          "MedicationRequest",
          "Observation",
          "Procedure",
          "SupplyDelivery");

  private static final List<String> DISPENSARY = List.of("MedicationRequest", "MedicationDispense");

  private final Ehr ehr;
  private final Archive archive;
  private final StubHospital stubs;
  private final Rest rest = new Rest();

  Direct(Ehr ehr, Archive archive, StubHospital stubs) {
    this.ehr = ehr;
    this.archive = archive;
    this.stubs = stubs;
  }

  /** What came of following a chart's pages. */
  public record Followed(Held held, int pages, long elapsedMs) {}

  /** The EHR's whole chart, page by page. */
  public Followed everything(String base, String patient) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var held = new Held();
    int pages = follow(base, "Patient/" + patient + "/$everything?_count=250", held);
    return new Followed(held, pages, (System.nanoTime() - begin) / 1_000_000);
  }

  /** How much the EHR counts of each type of the patient's compartment, without sending it. */
  public Map<String, Integer> counted(String patient) throws IOException, InterruptedException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String type : COMPARTMENT) {
      String query = type + "?patient=Patient/" + patient + "&_summary=count";
      int count = rest.get(ehr.url() + "/" + query).path("total").intValue();
      if (count > 0) {
        counts.put(type, count);
      }
    }
    return counts;
  }

  /** What Synthea made of each type of the patient's compartment. */
  public static Map<String, Integer> made(Synthetic patient) throws IOException {
    var made = new Held();
    for (JsonNode entry : patient.bundle().path("entry")) {
      made.add(entry.at("/resource/resourceType").asText(), entry.path("resource"));
    }
    return compartment(made.counts());
  }

  /** The part that belongs to the patient; a chart has shared resources beside it. */
  public static Map<String, Integer> compartment(Map<String, Integer> counts) {
    Map<String, Integer> part = new TreeMap<>(counts);
    part.keySet().retainAll(COMPARTMENT);
    return part;
  }

  public Held pharmacy(String patient) throws IOException, InterruptedException {
    var held = new Held();
    String base = stubs.url("pharmacy") + "/fhir";
    follow(base, "Patient?_id=" + patient, held);
    for (String type : DISPENSARY) {
      follow(base, type + "?patient=" + patient, held);
    }
    return held;
  }

  public Held imaging(String patient) throws IOException, InterruptedException {
    var held = new Held();
    archive.studiesOf(patient).forEach(uid -> held.add("ImagingStudy", TextNode.valueOf(uid)));
    return held;
  }

  /** By counting segments: a report an OBR, a result an OBX, a patient a PID, repeats aside. */
  public Held laboratory(String patient) throws IOException, InterruptedException {
    var held = new Held();
    String messages = rest.text(stubs.url("lab") + "/results?patient=" + patient);
    Set<String> persons = new HashSet<>();
    for (String segment : messages.split("\r", -1)) {
      String[] fields = segment.split("\\|", -1);
      switch (fields[0]) {
        case "PID" -> {
          if (persons.add(segment)) {
            held.add("Patient", first(fields[3]));
          }
        }
        case "OBR" -> held.add("DiagnosticReport", first(fields[4]));
        case "OBX" -> held.add("Observation", result(first(fields[3]).textValue(), fields[5]));
        default -> {}
      }
    }
    return held;
  }

  /** What an answer of the native route shows of one source, in the same words. */
  public static Held shown(JsonNode chart, String source) {
    var held = new Held();
    for (JsonNode section : chart.path("data")) {
      for (JsonNode entry : section.isArray() ? section : List.of(section)) {
        if (entry.has("resource")) {
          show(entry, source, held);
          entry.path("also").forEach(other -> show(other, source, held));
        }
      }
    }
    return held;
  }

  /**
   * Counts the matches on a page of {@code $everything}, by source and type.
   *
   * @return where the next page is
   */
  public static Optional<String> countEverything(
      JsonNode page, Map<String, Map<String, Integer>> counts) {
    for (JsonNode entry : page.path("entry")) {
      if (entry.at("/search/mode").asText().equals("match")) {
        String source = entry.at("/resource/meta/source").asText();
        counts
            .computeIfAbsent(
                source.replaceAll("^urn:wholechart:source:|#.*", ""), _ -> new TreeMap<>())
            .merge(entry.at("/resource/resourceType").asText(), 1, Integer::sum);
      }
    }
    return next(page);
  }

  private static void show(JsonNode original, String source, Held held) {
    // of an entry with originals of several sources the first one stands on top
    if (original.at("/sources/0").asText().equals(source)) {
      JsonNode resource = original.path("resource");
      held.add(resource.path("resourceType").asText(), told(source, resource));
    }
  }

  private static JsonNode told(String source, JsonNode resource) {
    return switch (source) {
      case "imaging" ->
          TextNode.valueOf(resource.at("/identifier/0/value").asText().replace("urn:oid:", ""));
      case "lab" ->
          switch (resource.path("resourceType").asText()) {
            case "Patient" -> TextNode.valueOf(resource.at("/identifier/0/value").asText());
            case "Observation" ->
                result(
                    resource.at("/code/coding/0/code").asText(),
                    resource.at("/valueQuantity/value").asText());
            default -> TextNode.valueOf(resource.at("/code/coding/0/code").asText());
          };
      default -> resource;
    };
  }

  private static TextNode first(String field) {
    return TextNode.valueOf(field.split("\\^", -1)[0]);
  }

  private static TextNode result(String code, String value) {
    return TextNode.valueOf(code + " = " + value);
  }

  private int follow(String base, String query, Held held)
      throws IOException, InterruptedException {
    URI url = URI.create(base + "/" + query);
    for (int pages = 1; ; pages++) {
      JsonNode bundle = rest.get(url.toString());
      for (JsonNode entry : bundle.path("entry")) {
        JsonNode resource = entry.path("resource");
        held.add(resource.path("resourceType").asText(), resource);
      }
      Optional<String> next = next(bundle);
      if (next.isEmpty()) {
        return pages;
      }
      url = URI.create(base + "/").resolve(next.get());
    }
  }

  private static Optional<String> next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return Optional.of(link.path("url").asText());
      }
    }
    return Optional.empty();
  }
}
