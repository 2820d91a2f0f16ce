package io.wholechart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Spells JSON in unusual but legal ways (RFC 8259): blanks wherever they may be, any character
 * escaped, names too, fields in any order.
 */
final class OddJson {
  private final RandomGenerator random;

  OddJson(RandomGenerator random) {
    this.random = random;
  }

  String spell(JsonNode node) {
    var text = new StringBuilder();
    value(node, text);
    return text.toString();
  }

  /** An object of fields that are spelled already, in any order. */
  String object(List<String> fields) {
    List<String> shuffled = new ArrayList<>(fields);
    Collections.shuffle(shuffled, Random.from(random));
    return "{" + blank() + String.join(blank() + "," + blank(), shuffled) + blank() + "}";
  }

  String array(List<String> items) {
    return "[" + blank() + String.join(blank() + "," + blank(), items) + blank() + "]";
  }

  String field(String name, String value) {
    return string(name) + blank() + ":" + blank() + value;
  }

  String string(String value) {
    var text = new StringBuilder("\"");
    value.codePoints().forEach(c -> character(c, text));
    return text.append('"').toString();
  }

  String blank() {
    var text = new StringBuilder();
    for (int left = random.nextInt(8) - 5; left > 0; left--) {
      text.append(" \t\r\n".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  private void value(JsonNode node, StringBuilder text) {
    if (node instanceof ObjectNode object) {
      List<String> fields = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        fields.add(field(field.getKey(), spell(field.getValue())));
      }
      text.append(object(fields));
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(spell(item)));
      text.append(array(items));
    } else if (node.isTextual()) {
      text.append(string(node.textValue()));
    } else {
      text.append(node);
    }
  }

  private void character(int c, StringBuilder text) {
    if (c < ' ' || random.nextInt(12) == 0) {
      Character.toString(c).chars().forEach(unit -> text.append("\\u%04x".formatted(unit)));
    } else if (c == '"' || c == '\\' || (c == '/' && random.nextBoolean())) {
      text.append('\\').appendCodePoint(c);
    } else {
      text.appendCodePoint(c);
    }
  }
}
