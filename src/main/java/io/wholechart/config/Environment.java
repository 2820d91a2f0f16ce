package io.wholechart.config;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings from the environment: {@code sources.lab.maxPages} is {@code
 * WHOLECHART_SOURCES_LAB_MAXPAGES}; the dots become underscores, dashes too, and all letters
 * capitals.
 */
final class Environment {
  private static final String PREFIX = "WHOLECHART_";

  /** Read by the launcher and by the logging configuration. */
  private static final Set<String> RESERVED =
      Set.of("WHOLECHART_JAVA_OPTS", "WHOLECHART_LOG_LEVEL");

  private Environment() {}

  static SettingsTree read(
      Map<String, String> environment,
      Collection<String> sources,
      Collection<String> issuers,
      List<String> problems) {
    Map<String, String> pathByName = new LinkedHashMap<>();
    Schema.paths(sources, issuers).forEach(path -> pathByName.put(name(path), path));
    var tree = new SettingsTree();
    for (var variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(PREFIX) || RESERVED.contains(name)) {
        continue;
      }
      if (!pathByName.containsKey(name)) {
        problems.add(
            "environment: "
                + name
                + " is not a setting; did you mean "
                + Schema.nearest(name, pathByName.keySet())
                + "?");
        continue;
      }
      put(tree, pathByName.get(name), variable.getValue(), "environment " + name, problems);
    }
    return tree;
  }

  /** Settings from {@code --set key=value}. */
  static SettingsTree flags(Map<String, String> flags, List<String> problems) {
    var tree = new SettingsTree();
    flags.forEach((key, value) -> put(tree, key, value, "flag --set " + key, problems));
    return tree;
  }

  static String name(String path) {
    return PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static void put(
      SettingsTree tree, String path, String value, String origin, List<String> problems) {
    try {
      tree.put(List.of(path.split("\\.", -1)), YamlFile.value(value), origin);
    } catch (IOException e) {
      problems.add(origin + ": the value of " + path + " is not well-formed YAML");
    }
  }
}
