package io.wholechart.config;

import java.nio.file.Path;
import java.util.*;

public final class SettingsLoader {
  private SettingsLoader() {}

  public static Settings load(Path d, List<Path> f, Map<String, String> e, Map<String, String> s) {
    return Optional.<Settings>empty().orElseThrow();
  }
}
