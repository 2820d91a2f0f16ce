package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the stub laboratory's messages for a patient: the latest three draws that the EHR has as
 * well, so that there is something to be grouped, and one result that it has not.
 */
final class Laboratory {
  private static final int DRAWS = 3;

  private Laboratory() {}

  static String messages(Synthetic patient) throws IOException {
    JsonNode bundle = patient.bundle();
    Person person = Person.of(bundle.at("/entry/0/resource"));
    List<String> messages = new ArrayList<>();
    for (List<JsonNode> draw : latest(bundle)) {
      messages.add(message(patient, person, messages.size(), draw));
    }
    messages.add(message(patient, person, messages.size(), List.of()));
    return String.join("", messages);
  }

  private static List<List<JsonNode>> latest(JsonNode bundle) {
    Map<String, List<JsonNode>> draws = new TreeMap<>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      boolean isResult =
          resource.at("/category/0/coding/0/code").asText().equals("laboratory")
              && resource.has("valueQuantity");
      if (isResult) {
        draws
            .computeIfAbsent(resource.path("effectiveDateTime").asText(), _ -> new ArrayList<>())
            .add(resource);
      }
    }
    List<List<JsonNode>> all = List.copyOf(draws.values());
    return all.subList(Math.max(0, all.size() - DRAWS), all.size());
  }

  private static String message(
      Synthetic patient, Person person, int number, List<JsonNode> results) {
    String time = results.isEmpty() ? "20260520081500+0000" : time(results.getFirst());
    String control = patient.id().substring(0, 8) + number;
    List<String> segments = new ArrayList<>();
    segments.add(
        "MSH|^~\\&|LAB|REAL|WHOLECHART|REAL|%s||ORU^R01^ORU_R01|%s|T|2.5.1||||||UNICODE UTF-8"
            .formatted(time, control));
    segments.add(
        "PID|1||%s^^^REAL^PI||%s^%s||%s|%s"
            .formatted(
                patient.id(),
                person.family(),
                person.given(),
                person.birthDate().replace("-", ""),
                person.sex()));
    segments.add(
        "OBR|1|%s|%s|26436-6^Laboratory studies^LN|||%s|||||||%s||||||||%s|||F"
            .formatted(control, control, time, time, time));
    if (results.isEmpty()) {
      segments.add(
          "OBX|1|NM|98979-8^Glomerular filtration rate^LN||88|mL/min/{1.73_m2}^^UCUM||N|||F|||"
              + time);
    }
    for (JsonNode result : results) {
      segments.add(
          "OBX|%d|NM|%s^%s^LN||%s|%s^^UCUM||N|||F|||%s"
              .formatted(
                  segments.size() - 2,
                  result.at("/code/coding/0/code").asText(),
                  escaped(result.at("/code/coding/0/display").asText()),
                  result.at("/valueQuantity/value").asText(),
                  escaped(result.at("/valueQuantity/code").asText()),
                  time));
    }
    return String.join("\r", segments) + "\r";
  }

  /** 2024-02-27T06:40:13+00:00 is 20240227064013+0000. */
  private static String time(JsonNode result) {
    return result
        .path("effectiveDateTime")
        .asText()
        .replaceAll("[-:T](?=\\d)(?!\\d\\d:\\d\\d$)", "")
        .replaceAll(":", "");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\E\\")
        .replace("^", "\\S\\")
        .replace("&", "\\T\\")
        .replace("|", "\\F\\");
  }
}
