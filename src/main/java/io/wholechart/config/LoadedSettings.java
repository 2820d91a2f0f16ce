package io.wholechart.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Settings, and where each of them was written. */
public final class LoadedSettings {
  private final Settings settings;
  private final SettingsTree tree;

  LoadedSettings(Settings settings, SettingsTree tree) {
    this.settings = settings;
    this.tree = tree;
  }

  public Settings settings() {
    return settings;
  }

  /**
   * Every key with its value and its place, a line each. There is nothing to hide in it: secrets
   * are in files, and a file's name is all that the configuration holds of one.
   */
  public String describe() {
    var text = new StringBuilder();
    describe(tree.root(), "", text);
    return text.toString();
  }

  private void describe(ObjectNode block, String prefix, StringBuilder text) {
    for (var field : block.properties()) {
      String path = prefix + field.getKey();
      JsonNode value = field.getValue();
      if (value instanceof ObjectNode object && !object.isEmpty()) {
        describe(object, path + ".", text);
      } else {
        text.append(path)
            .append(": ")
            .append(value.isTextual() ? value.asText() : value.toString())
            .append("   # ")
            .append(tree.origin(path))
            .append(System.lineSeparator());
      }
    }
  }
}
