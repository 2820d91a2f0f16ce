package io.wholechart.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lays the layers of the configuration over one another and makes settings of them, or says all
 * that is wrong.
 */
public final class SettingsLoader {
  private SettingsLoader() {}

  /**
   * Loads settings.
   *
   * @param defaults the file that holds every key
   * @param files laid over it, the later over the earlier
   * @param environment laid over the files
   * @param flags laid over everything, by dotted key
   * @throws InvalidSettingsException with every problem, each with the place that it was written at
   */
  public static LoadedSettings load(
      Path defaults, List<Path> files, Map<String, String> environment, Map<String, String> flags) {
    List<String> problems = new ArrayList<>();
    var tree = new SettingsTree();
    tree.overlay(YamlFile.read(defaults, problems));
    files.forEach(file -> tree.overlay(YamlFile.read(file, problems)));
    tree.overlay(
        Environment.read(
            environment, names(tree, Schema.SOURCES), names(tree, Schema.ISSUERS), problems));
    tree.overlay(Environment.flags(flags, problems));
    stopIf(problems);

    Schema.checkDefaults(tree, problems);
    tree.underlay(Schema.SOURCES, Schema.SOURCE_DEFAULTS);
    Schema.check(tree, problems);
    stopIf(problems);

    var binder = new Binder(tree, problems);
    Optional<Settings> bound = binder.bind();
    stopIf(problems);
    Settings settings = bound.orElseThrow();
    CrossChecks.check(settings, tree, problems);
    stopIf(problems);
    return new LoadedSettings(settings, tree);
  }

  private static Set<String> names(SettingsTree tree, String key) {
    Set<String> names = new TreeSet<>();
    if (tree.root().get(key) instanceof ObjectNode all) {
      all.fieldNames().forEachRemaining(names::add);
    }
    return names;
  }

  private static void stopIf(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
  }
}
