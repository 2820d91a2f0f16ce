package io.wholechart;

import io.wholechart.config.LoadedSettings;
import io.wholechart.config.SettingsLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where settings come from, for every command that needs them. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Laid over the defaults, key by key; may be given several times.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Laid over the files and the environment, such as server.port=9000.")
  private Map<String, String> flags = new LinkedHashMap<>();

  LoadedSettings load() {
    return SettingsLoader.load(Home.defaults(), files, System.getenv(), flags);
  }
}
