package io.wholechart.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shipped configuration with layers over it. */
final class Layers {
  static final Path SHIPPED = Path.of("config/wholechart.yaml");

  private final Path directory;
  private final List<Path> files = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Map<String, String> flags = new LinkedHashMap<>();

  Layers(Path directory) {
    this.directory = directory;
  }

  /** The next file; they are a.yaml, b.yaml and so on. */
  Layers file(String yaml) {
    return file(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  Layers file(byte[] yaml) {
    try {
      Path file = directory.resolve((char) ('a' + files.size()) + ".yaml");
      files.add(Files.write(file, yaml));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Layers file(Path file) {
    files.add(file);
    return this;
  }

  Layers environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Layers flag(String key, String value) {
    flags.put(key, value);
    return this;
  }

  Settings load() {
    return loaded().settings();
  }

  LoadedSettings loaded() {
    return SettingsLoader.load(SHIPPED, files, environment, flags);
  }

  /** Why it does not load; without the directory that the files happen to be in. */
  String problems() {
    return catchThrowableOfType(InvalidSettingsException.class, this::load)
        .getMessage()
        .replace(directory + "/", "");
  }
}
