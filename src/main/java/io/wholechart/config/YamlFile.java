package io.wholechart.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a YAML file and remembers the line of every key. Read by the token and not into a tree,
 * since the library's trees forget where they came from, and its aliases, which could blow a small
 * file up, arrive here as plain text.
 */
final class YamlFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final YAMLFactory YAML = new YAMLFactory();

  private final String name;
  private final JsonParser parser;
  private final SettingsTree tree = new SettingsTree();

  private YamlFile(String name, JsonParser parser) {
    this.name = name;
    this.parser = parser;
  }

  /** Reads a file; what is wrong with it is added to the problems. */
  static SettingsTree read(Path file, List<String> problems) {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("is a directory, not a file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("is larger than 1 MiB, which no configuration is");
      }
      try (JsonParser parser = YAML.createParser(Files.readString(file))) {
        var yaml = new YamlFile(file.toString(), parser);
        yaml.document();
        return yaml.tree;
      }
    } catch (JsonParseException e) {
      var at = e.getLocation();
      String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
      problems.add(
          file + place + ": is not well-formed YAML: " + firstLine(e.getOriginalMessage()));
    } catch (NoSuchFileException e) {
      problems.add(file + ": there is no such file");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + firstLine(String.valueOf(e.getMessage())));
    }
    return new SettingsTree();
  }

  /** Reads what stands in an environment variable or behind {@code --set}, as YAML would. */
  static JsonNode value(String text) throws IOException {
    try (JsonParser parser = YAML.createParser(text)) {
      if (parser.nextToken() == null) {
        return JsonNodeFactory.instance.textNode("");
      }
      return new YamlFile("", parser).value(List.of());
    }
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return; // an empty file says nothing
    }
    if (first != JsonToken.START_OBJECT) {
      throw new IOException("holds no keys, but a single value or a list");
    }
    fields(List.of());
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "the file holds more than one document");
    }
  }

  private ObjectNode fields(List<String> path) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      if (!seen.add(key)) {
        throw new JsonParseException(parser, "the key " + key + " stands twice in one block");
      }
      parser.nextToken();
      List<String> below = new ArrayList<>(path);
      below.add(key);
      JsonNode value = value(below);
      object.set(key, value);
      if (!name.isEmpty() && value instanceof ObjectNode && !value.isEmpty()) {
        tree.mark(below, name + ":" + line);
      } else if (!name.isEmpty()) {
        tree.put(below, value, name + ":" + line);
      }
    }
    return object;
  }

  private JsonNode value(List<String> path) throws IOException {
    var nodes = JsonNodeFactory.instance;
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(path);
      case START_ARRAY -> {
        ArrayNode array = nodes.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(path));
        }
        yield array;
      }
      case VALUE_NUMBER_INT -> nodes.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
      case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
      case VALUE_NULL -> nodes.nullNode();
      default -> {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw new JsonParseException(parser, "aliases (*name) are not supported");
        }
        yield nodes.textNode(parser.getText());
      }
    };
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
