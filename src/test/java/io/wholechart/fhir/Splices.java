package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** What the splice's tests have in common. */
public final class Splices {
  /** Numbers keep their digits: 5.10 is not 5.1. */
  static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Splices() {}

  public static Entry entry(String source, Resource resource) {
    return new Entry(
        source, resource.bytes(), resource.facts(), Instant.EPOCH, IdentityVerdict.MATCH);
  }

  static Entry entry(String source, String json) throws InterruptedException {
    return entry(
        source, ((FhirPayload.Single) PayloadReader.read(json.getBytes(UTF_8))).resource());
  }

  static ObjectNode object(String json) {
    try {
      return (ObjectNode) EXACT.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The answered resource with each splice found in it and taken back: what it was before, if
   * nothing else was touched.
   */
  public static String undone(Entry entry, String id, AnswerNames names) {
    byte[] original = entry.bytes().toByteArray();
    byte[] spliced = Splice.of(entry, id, names).toByteArray();
    List<Splice.Edit> edits = Splice.edits(entry, id, names);
    var back = new ByteArrayOutputStream();
    int at = 0;
    int from = 0;
    for (Splice.Edit edit : edits) {
      back.write(spliced, at, edit.from() - from);
      at += edit.from() - from + edit.text().length;
      back.write(original, edit.from(), edit.to() - edit.from());
      from = edit.to();
    }
    back.write(spliced, at, spliced.length - at);
    return back.toString(UTF_8);
  }

  /** Renames the relative references, slowly and on a tree; how many there were. */
  static int rename(JsonNode node, String source) {
    int renamed = 0;
    for (JsonNode child : node) {
      if (child.isObject() && child.path("reference").isTextual()) {
        String written = child.path("reference").textValue();
        if (written.matches("[A-Z][A-Za-z]*/[^/]+(/_history/[^/]+)?")) {
          String[] parts = written.split("/", 3);
          String rest = parts.length == 3 ? "/" + parts[2] : "";
          ((ObjectNode) child).put("reference", parts[0] + "/" + source + "." + parts[1] + rest);
          renamed++;
        }
      }
      renamed += rename(child, source);
    }
    return renamed;
  }
}
