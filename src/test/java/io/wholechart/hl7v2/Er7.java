package io.wholechart.hl7v2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.fhir.Resource;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages as a laboratory writes them, and what the reader makes of them. */
final class Er7 {
  static final String HEADER = "MSH|^~\\&|LAB|HOSP|WC|HOSP|20261001120000+0200||ORU^R01|M1|P|2.5.1";
  static final String PATIENT = "PID|1||p-1001^^^HOSP^PI||Doe^Jane||19800203|F";
  static final String ORDER =
      "OBR|1|P1^PL|F1^FI|24323-8^Metabolic panel^LN|||20261001080000+0200||||||||||||||"
          + "|20261001113000+0200||CH|F";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Er7() {}

  /** One message of these segments. */
  static String message(String... segments) {
    return String.join("\r", segments) + "\r";
  }

  /** The message of one patient with one order and these segments below it. */
  static String results(String... segments) {
    return message(HEADER, PATIENT, ORDER) + message(segments);
  }

  static Hl7v2Reading.Read read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  static Hl7v2Reading.Read read(String text, Charset charset) {
    return (Hl7v2Reading.Read) new Hl7v2Reader().read(text.getBytes(charset), null);
  }

  /** The resources of one type. */
  static List<JsonNode> all(Hl7v2Reading.Read read, String type) {
    return read.resources().stream()
        .map(Er7::json)
        .filter(r -> r.path("resourceType").asText().equals(type))
        .toList();
  }

  static List<JsonNode> observations(String message) {
    return all(read(message), "Observation");
  }

  /** What one OBX becomes. */
  static JsonNode observation(String obx) {
    return observations(results(obx)).getFirst();
  }

  /** What an OBX of this type and value becomes. */
  static JsonNode valued(String type, String value) {
    return observation("OBX|1|" + type + "|2823-3^Potassium^LN||" + value + "|mmol/L|||||F");
  }

  static JsonNode json(Resource resource) {
    try {
      return JSON.readTree(resource.bytes().json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an authored resource is no JSON", e);
    }
  }
}
