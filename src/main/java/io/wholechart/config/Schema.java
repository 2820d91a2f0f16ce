package io.wholechart.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.source.SourceSettings;
import io.wholechart.token.IssuerSettings;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * The keys that there are, read off the settings records: nothing is written down twice, so nothing
 * can be known here and not there.
 */
final class Schema {
  static final String SOURCES = "sources";
  static final String SOURCE_DEFAULTS = "sourceDefaults";
  static final String ISSUERS = "issuers";

  /** Blocks whose keys are names, and what stands under each. */
  private static final Map<String, Class<?>> NAMED =
      Map.of(SOURCES, SourceSettings.class, ISSUERS, IssuerSettings.class);

  /** What {@code sourceDefaults} may hold: what makes sense for every source alike. */
  private static final Set<String> DEFAULTABLE =
      Set.of(
          "part2",
          "timeout",
          "maxConcurrentCalls",
          "maxBodyBytes",
          "maxPages",
          "payload",
          "connection",
          "rate",
          "breaker",
          "hedge");

  private Schema() {}

  /** The keys of a record, and what each of them holds. */
  static Map<String, RecordComponent> keys(Class<?> record) {
    Map<String, RecordComponent> keys = new LinkedHashMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      keys.put(component.getName(), component);
    }
    return keys;
  }

  /** Complains of keys that do not exist, at any depth. */
  static void check(SettingsTree tree, List<String> problems) {
    ObjectNode root = tree.root();
    List<String> top = new ArrayList<>(keys(Settings.class).keySet());
    top.add(SOURCE_DEFAULTS);
    unknown(root, "", top, tree, problems);
    for (var key : keys(Settings.class).values()) {
      JsonNode value = root.get(key.getName());
      if (key.getType().isRecord() && value instanceof ObjectNode block) {
        block(block, key.getName(), key.getType(), tree, problems);
      }
    }
    NAMED.forEach((key, record) -> named(root, key, record, tree, problems));
  }

  private static void named(
      ObjectNode root, String key, Class<?> record, SettingsTree tree, List<String> problems) {
    if (root.get(key) instanceof ObjectNode all) {
      for (var each : all.properties()) {
        if (each.getValue() instanceof ObjectNode block) {
          block(block, key + "." + each.getKey(), record, tree, problems);
        }
      }
    }
  }

  /**
   * Complains of keys that no source has, and takes them away: laid under every source, each would
   * be complained of again for all of them.
   */
  static void checkDefaults(SettingsTree tree, List<String> problems) {
    if (tree.root().get(SOURCE_DEFAULTS) instanceof ObjectNode defaults) {
      unknown(defaults, SOURCE_DEFAULTS + ".", DEFAULTABLE, tree, problems);
      defaults.retain(DEFAULTABLE);
      for (String key : DEFAULTABLE) {
        if (defaults.get(key) instanceof ObjectNode block) {
          Collection<String> known =
              below(Objects.requireNonNull(keys(SourceSettings.class).get(key)));
          unknown(block, SOURCE_DEFAULTS + "." + key + ".", known, tree, problems);
          block.retain(known);
        }
      }
    }
  }

  /** The keys below a key that holds a block. */
  private static Collection<String> below(RecordComponent key) {
    return key.getType().isRecord()
        ? keys(key.getType()).keySet()
        : io.wholechart.patient.Urgency.keys();
  }

  private static void block(
      ObjectNode block, String path, Class<?> record, SettingsTree tree, List<String> problems) {
    Map<String, RecordComponent> keys = keys(record);
    unknown(block, path + ".", keys.keySet(), tree, problems);
    for (RecordComponent key : keys.values()) {
      @Nullable JsonNode value = block.get(key.getName());
      String below = path + "." + key.getName();
      if (value == null && !isOptional(key)) {
        problems.add(tree.origin(below) + ": " + below + " is missing");
      } else if (value instanceof ObjectNode object && key.getType().isRecord()) {
        block(object, below, key.getType(), tree, problems);
      } else if (value instanceof ObjectNode object && isMapOfEnum(key.getGenericType())) {
        unknown(object, below + ".", io.wholechart.patient.Urgency.keys(), tree, problems);
      }
    }
  }

  private static boolean isOptional(RecordComponent key) {
    return key.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isMapOfEnum(Type type) {
    return type instanceof ParameterizedType map
        && map.getActualTypeArguments()[0] == io.wholechart.patient.Urgency.class;
  }

  private static void unknown(
      ObjectNode block,
      String prefix,
      Collection<String> known,
      SettingsTree tree,
      List<String> problems) {
    for (var field : block.properties()) {
      String key = field.getKey();
      if (!known.contains(key)) {
        problems.add(
            tree.origin(prefix + key)
                + ": "
                + prefix
                + key
                + " is not a setting; did you mean "
                + prefix
                + nearest(key, known)
                + "?");
      }
    }
  }

  /** The known word that takes the fewest edits to get to. */
  static String nearest(String word, Collection<String> known) {
    var distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(
            Comparator.<String>comparingInt(k -> distance.apply(fold(word), fold(k)))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  private static String fold(String word) {
    return word.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Every path that a value can be set at, for the sources and issuers that there are. */
  static List<String> paths(Collection<String> sources, Collection<String> issuers) {
    List<String> paths = new ArrayList<>();
    for (RecordComponent key : keys(Settings.class).values()) {
      if (key.getType().isRecord()) {
        addPaths(key.getName(), key.getType(), paths);
      }
    }
    for (String source : sources) {
      addPaths(SOURCES + "." + source, SourceSettings.class, paths);
    }
    for (String issuer : issuers) {
      addPaths(ISSUERS + "." + issuer, IssuerSettings.class, paths);
    }
    keys(SourceSettings.class).values().stream()
        .filter(key -> DEFAULTABLE.contains(key.getName()))
        .forEach(key -> addPath(SOURCE_DEFAULTS + "." + key.getName(), key, paths));
    return paths;
  }

  private static void addPaths(String path, Class<?> record, List<String> paths) {
    for (RecordComponent key : keys(record).values()) {
      addPath(path + "." + key.getName(), key, paths);
    }
  }

  private static void addPath(String path, RecordComponent key, List<String> paths) {
    if (key.getType().isRecord()) {
      addPaths(path, key.getType(), paths);
    } else if (isMapOfEnum(key.getGenericType())) {
      Arrays.stream(io.wholechart.patient.Urgency.values())
          .forEach(u -> paths.add(path + "." + u.key()));
    } else {
      paths.add(path);
    }
  }
}
