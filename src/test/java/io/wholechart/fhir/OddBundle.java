package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A legal Bundle in an unusual spelling, and what reading it must come to. */
public record OddBundle(
    byte[] body,
    List<Sent> sent,
    @Nullable String next,
    @Nullable Integer total,
    boolean hasError,
    boolean isSubsetted) {

  /** A resource as it stands in the body. */
  record Sent(@Nullable String fullUrl, String type, String id, String text) {}

  /** The resources as they stand in the body. */
  public List<String> texts() {
    return sent.stream().map(Sent::text).toList();
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] TEXTS = {
    "Ana",
    "",
    "Zoë Ångström",
    "名前",
    "\uD83D\uDC89 dose",
    "\u0000\u001f",
    "\"quoted\\\"",
    "}{][,:",
    "</br>"
  };
  private static final List<String> TYPES =
      List.of("Observation", "Condition", "Practitioner", "MedicationRequest", "Encounter");

  public static OddBundle random(RandomGenerator random) {
    var odd = new OddJson(random);
    List<Sent> sent = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    boolean hasError = false;
    boolean isSubsetted = false;
    for (int i = random.nextInt(6); i > 0; i--) {
      ObjectNode resource = resource(random, "id-" + i);
      if (random.nextInt(8) == 0) {
        resource.withObject("meta").withArray("tag").addObject().put("code", "SUBSETTED");
        isSubsetted = true;
      }
      String text = odd.spell(resource);
      @Nullable String fullUrl = random.nextBoolean() ? "urn:uuid:" + random.nextLong() : null;
      String type = resource.path("resourceType").textValue();
      sent.add(new Sent(fullUrl, type, "id-" + i, text));
      entries.add(entry(odd, fullUrl, text));
    }
    if (random.nextInt(3) == 0) {
      String severity = List.of("information", "warning", "error", "fatal").get(random.nextInt(4));
      hasError = severity.equals("error") || severity.equals("fatal");
      ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
      outcome.withArray("issue").addObject().put("severity", "information");
      outcome.withArray("issue").addObject().put("severity", severity).put("code", "x");
      entries.add(random.nextInt(entries.size() + 1), entry(odd, null, odd.spell(outcome)));
    }
    @Nullable Integer total = random.nextBoolean() ? random.nextInt(1000) : null;
    @Nullable String next = random.nextBoolean() ? "?page=" + random.nextInt() + "&q=é" : null;
    String text = odd.blank() + odd.object(fields(odd, entries, next, total)) + odd.blank();
    String mark = random.nextInt(4) == 0 ? "\uFEFF" : "";
    return new OddBundle((mark + text).getBytes(UTF_8), sent, next, total, hasError, isSubsetted);
  }

  private static List<String> fields(
      OddJson odd, List<String> entries, @Nullable String next, @Nullable Integer total) {
    List<String> fields = new ArrayList<>();
    fields.add(odd.field("resourceType", odd.string("Bundle")));
    fields.add(odd.field("id", odd.string("the-bundle")));
    fields.add(odd.field("entry", odd.array(entries)));
    String self = "{\"relation\":\"self\",\"url\":\"x\"}";
    if (next != null) {
      ObjectNode link = JSON.createObjectNode().put("relation", "next").put("url", next);
      fields.add(odd.field("link", odd.array(List.of(odd.spell(link), self))));
    } else {
      fields.add(odd.field("link", odd.array(List.of(self))));
    }
    if (total != null) {
      fields.add(odd.field("total", total.toString()));
    }
    return fields;
  }

  private static String entry(OddJson odd, @Nullable String fullUrl, String resource) {
    List<String> fields = new ArrayList<>();
    fields.add(odd.field("resource", resource));
    fields.add(odd.field("search", "{\"mode\":\"match\",\"resource\":{\"resourceType\":\"Lie\"}}"));
    if (fullUrl != null) {
      fields.add(odd.field("fullUrl", odd.string(fullUrl)));
    }
    return odd.object(fields);
  }

  private static ObjectNode resource(RandomGenerator random, String id) {
    ObjectNode resource = JSON.createObjectNode();
    resource.put("resourceType", TYPES.get(random.nextInt(TYPES.size()))).put("id", id);
    for (int i = random.nextInt(5); i > 0; i--) {
      resource.set("extension" + i + TEXTS[random.nextInt(TEXTS.length)], value(random, 4));
    }
    // A resource within, which is part of the one around it and not one of the chart.
    resource
        .withArray("contained")
        .addObject()
        .put("resourceType", "Patient")
        .put("id", "within")
        .put("resource", "{");
    return resource;
  }

  private static JsonNode value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> JSON.getNodeFactory().textNode(TEXTS[random.nextInt(TEXTS.length)]);
      case 1 -> JSON.getNodeFactory().numberNode(random.nextDouble());
      case 2 -> JSON.getNodeFactory().numberNode(random.nextLong());
      case 3 -> JSON.getNodeFactory().nullNode();
      case 4 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
      case 5 -> JSON.createArrayNode().add(value(random, depth - 1)).add(value(random, depth - 1));
      default ->
          JSON.createObjectNode()
              .put("resourceType", "Patient")
              .<ObjectNode>set("entry", value(random, depth - 1));
    };
  }
}
