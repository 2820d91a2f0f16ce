package io.wholechart.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for values of the stub hospital's patients in what may leave the building. */
public final class Canary {
  /** Where a text was on its way to. */
  public enum Channel {
    LOG,
    EXCEPTION,
    METRICS,
    ERROR,
    TRACE
  }

  /** A value and where it was found. */
  record Leak(Channel channel, String value, String text) {
    @Override
    public String toString() {
      return channel + ": \"" + value + "\" in: " + text;
    }
  }

  /** A patient nobody has; with this one the canary itself is tried. */
  static final String TRIED = "Kanarienvogel-Bird";

  /** Ids, record numbers, telephone numbers. */
  private static final Pattern NUMBERS =
      Pattern.compile("\\bp-1\\d{3}\\b|\\bMRN70\\d{4}\\b|\\b802-555-\\d{4}\\b");

  private static final Set<String> NAMES = names(Path.of("stubs"));
  private static final Queue<Leak> LEAKS = new ConcurrentLinkedQueue<>();
  private static final Queue<Leak> TRIALS = new ConcurrentLinkedQueue<>();

  private Canary() {}

  /** Has a look at a text. */
  public static void see(Channel channel, String text) {
    for (String value : found(text)) {
      (value.equals(TRIED) ? TRIALS : LEAKS).add(new Leak(channel, value, beginning(text)));
    }
  }

  static List<String> found(String text) {
    List<String> found = new ArrayList<>(0);
    for (String name : NAMES) {
      if (text.contains(name)) {
        found.add(name);
      }
    }
    var numbers = NUMBERS.matcher(text);
    while (numbers.find()) {
      found.add(numbers.group());
    }
    return found;
  }

  /** What was found since the last time. */
  static List<Leak> leaks() {
    return take(LEAKS);
  }

  /** What was found of {@link #TRIED} since the last time. */
  static List<Leak> trials() {
    return take(TRIALS);
  }

  static Set<String> names() {
    return NAMES;
  }

  private static List<Leak> take(Queue<Leak> queue) {
    List<Leak> taken = new ArrayList<>();
    for (Leak leak = queue.poll(); leak != null; leak = queue.poll()) {
      taken.add(leak);
    }
    return taken;
  }

  private static String beginning(String text) {
    return text.length() <= 2_000 ? text : text.substring(0, 2_000) + " …";
  }

  /** The family names, birth dates and streets of the patients there are. */
  private static Set<String> names(Path stubs) {
    Set<String> names = new TreeSet<>(Set.of(TRIED));
    try (Stream<Path> files = Files.walk(stubs)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        collect(new ObjectMapper().readTree(file.toFile()), names);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static void collect(JsonNode node, Set<String> names) {
    if (node.path("resourceType").asText().equals("Patient")) {
      node.findValues("family").forEach(name -> names.add(name.asText()));
      node.findValues("birthDate").forEach(date -> names.add(date.asText()));
      node.path("address").findValues("line").forEach(line -> names.add(line.path(0).asText()));
    }
    node.forEach(child -> collect(child, names));
  }
}
