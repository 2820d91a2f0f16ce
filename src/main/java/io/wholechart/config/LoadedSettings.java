package io.wholechart.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Settings, and where each of them was written. */
public final class LoadedSettings {
  private static final Set<String> SECRETS =
      Set.of("secretFile", "passwordFile", "keyFile", "signingKey", "encryptionKey");
  private static final String HIDDEN = "***";

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
   * Every key with its value and where it was written, a line each. Secrets are in files, so none
   * could be in it; where those files are is kept from whoever it is shown to as well.
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
            .append(SECRETS.contains(field.getKey()) ? HIDDEN : text(value))
            .append("   # ")
            .append(tree.origin(path))
            .append(System.lineSeparator());
      }
    }
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
