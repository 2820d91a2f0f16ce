package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The stub hospital's folders, with these patients in its laboratory and its pharmacy. */
final class Stubs {
  private static final int PAGE = 10;

  private final Path folder;

  private Stubs(Path folder) {
    this.folder = folder;
  }

  /** Copies the project's stubs, with their outages, and adds the patients. */
  static Path write(Path folder, List<Synthetic> patients) throws IOException {
    Folders.delete(folder);
    Folders.copy(Path.of("stubs"), folder);
    var stubs = new Stubs(folder);
    for (Synthetic patient : patients) {
      stubs.laboratory(patient);
      stubs.pharmacy(patient);
    }
    return folder;
  }

  private void laboratory(Synthetic patient) throws IOException {
    String file = patient.id() + ".hl7";
    write("lab/__files/" + file, Laboratory.messages(patient));
    ObjectNode mapping = mapping("/results", "application/hl7-v2; charset=utf-8", file);
    query(mapping).putObject("patient").put("equalTo", patient.id());
    write("lab/mappings/" + patient.id() + ".json", mapping.toString());
  }

  private void pharmacy(Synthetic patient) throws IOException {
    ObjectNode mappings = Rest.JSON.createObjectNode();
    ArrayNode list = mappings.putArray("mappings");
    for (Map.Entry<String, List<JsonNode>> some : Pharmacy.resources(patient).entrySet()) {
      int pages = Math.max(1, Math.ceilDiv(some.getValue().size(), PAGE));
      for (int page = 1; page <= pages; page++) {
        list.add(page(patient, some.getKey(), some.getValue(), page, pages));
      }
    }
    write("pharmacy/mappings/" + patient.id() + ".json", mappings.toString());
  }

  private ObjectNode page(Synthetic patient, String type, List<JsonNode> all, int page, int pages)
      throws IOException {
    String by = type.equals("Patient") ? "_id" : "patient";
    String file = patient.id() + "-" + type + "-" + page + ".json";
    ObjectNode bundle =
        Rest.JSON.createObjectNode().put("resourceType", "Bundle").put("type", "searchset");
    bundle.put("total", all.size());
    if (page < pages) {
      bundle
          .putArray("link")
          .addObject()
          .put("relation", "next")
          .put("url", type + "?" + by + "=" + patient.id() + "&page=" + (page + 1));
    }
    ArrayNode entries = bundle.putArray("entry");
    for (JsonNode resource : all.subList((page - 1) * PAGE, Math.min(all.size(), page * PAGE))) {
      ObjectNode entry = entries.addObject();
      entry.set("resource", resource);
      entry.putObject("search").put("mode", "match");
    }
    write("pharmacy/__files/" + file, bundle.toString());

    ObjectNode mapping = mapping("/fhir/" + type, "application/fhir+json;charset=UTF-8", file);
    ObjectNode query = query(mapping);
    query.putObject(by).put("equalTo", patient.id());
    if (page == 1) {
      query.putObject("page").put("absent", true);
    } else {
      query.putObject("page").put("equalTo", "" + page);
    }
    return mapping;
  }

  private static ObjectNode mapping(String path, String type, String file) {
    ObjectNode mapping = Rest.JSON.createObjectNode();
    ObjectNode request = mapping.putObject("request").put("method", "GET").put("urlPath", path);
    request.putObject("queryParameters");
    ObjectNode response = mapping.putObject("response").put("status", 200);
    response.putObject("headers").put("Content-Type", type);
    response.put("bodyFileName", file);
    return mapping;
  }

  private static ObjectNode query(ObjectNode mapping) {
    return (ObjectNode) mapping.at("/request/queryParameters");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text, StandardCharsets.UTF_8);
  }
}
