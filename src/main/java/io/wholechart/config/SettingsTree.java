package io.wholechart.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings as they are written, and where: a tree, and for each key the place that it comes from.
 * Layers are laid over one another key by key; a list or a value is replaced whole, and a null
 * takes the key away.
 */
final class SettingsTree {
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final Map<String, String> origins = new HashMap<>();

  ObjectNode root() {
    return root;
  }

  /** Puts a value at a path, and the objects above it where there are none. */
  void put(List<String> path, JsonNode value, String origin) {
    ObjectNode parent = root;
    for (String name : path.subList(0, path.size() - 1)) {
      if (!(parent.get(name) instanceof ObjectNode)) {
        parent.putObject(name);
      }
      parent = (ObjectNode) parent.get(name);
    }
    parent.set(path.getLast(), value);
    for (int length = 1; length < path.size(); length++) {
      origins.putIfAbsent(String.join(".", path.subList(0, length)), origin);
    }
    mark(path, origin);
  }

  /** Says where a block begins, so that what is wrong with all of it has a place too. */
  void mark(List<String> path, String origin) {
    origins.put(String.join(".", path), origin);
  }

  void overlay(SettingsTree above) {
    overlay(root, above.root);
    origins.putAll(above.origins);
  }

  /** Lays a block under every child of a key, where the child does not say otherwise. */
  void underlay(String key, String below) {
    if (root.get(below) instanceof ObjectNode forAll && root.get(key) instanceof ObjectNode all) {
      for (var child : all.properties()) {
        if (child.getValue() instanceof ObjectNode own) {
          forAll
              .fieldNames()
              .forEachRemaining(field ->
                  origins.putIfAbsent(
                      key + "." + child.getKey() + "." + field, origin(below + "." + field)));
          ObjectNode merged = forAll.deepCopy();
          overlay(merged, own);
          own.setAll(merged);
        }
      }
    }
  }

  /** Where a key was written: of itself, or of the nearest key above it that was. */
  String origin(String path) {
    @Nullable String origin = origins.get(path);
    int above = path.lastIndexOf('.');
    return origin != null ? origin : above < 0 ? "configuration" : origin(path.substring(0, above));
  }

  private static void overlay(ObjectNode below, ObjectNode above) {
    for (var field : above.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        below.remove(field.getKey());
      } else if (value instanceof ObjectNode object
          && below.get(field.getKey()) instanceof ObjectNode there) {
        overlay(there, object);
      } else if (value instanceof ObjectNode object) {
        overlay(below.putObject(field.getKey()), object); // leaves out the nulls in it
      } else {
        below.set(field.getKey(), value.deepCopy());
      }
    }
  }
}
