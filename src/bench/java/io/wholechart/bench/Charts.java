package io.wholechart.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The patients that the stub sources know. {@value #SMALL} is one of the stub hospital's; {@code
 * bench-N} has N resources in the EHR, made of all resources of the stub hospital in a circle, and
 * the rest of {@value #REST}'s chart. JSON goes out without white space, as servers send it unless
 * they are asked to be pretty.
 */
final class Charts {
  static final String SMALL = "p-1001";
  static final int LARGE_ENTRIES = 500;
  static final String LARGE = "bench-" + LARGE_ENTRIES;

  private static final String REST = "p-1006";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path stubs;
  private final List<Owned> pool = new ArrayList<>();

  /** One patient's chart: the EHR's Bundle entries, and whole bodies of the other sources. */
  record Chart(
      List<String> everything, Map<String, byte[]> searches, byte[] results, byte[] studies) {
    byte[] search(String type) {
      return Objects.requireNonNull(searches.get(type), () -> "nobody searches for " + type);
    }
  }

  /** A Bundle entry of the stub hospital, and whose it is. */
  private record Owned(String patient, ObjectNode entry) {}

  /**
   * @param stubs the repository's folder of that name
   */
  Charts(Path stubs) throws IOException {
    this.stubs = stubs;
    try (Stream<Path> files = Files.list(stubs.resolve("ehr/__files"))) {
      for (Path file : files.filter(f -> isChart(f.getFileName().toString())).sorted().toList()) {
        String patient = file.getFileName().toString().substring(0, SMALL.length());
        for (JsonNode entry : JSON.readTree(file.toFile()).path("entry")) {
          pool.add(new Owned(patient, (ObjectNode) entry));
        }
      }
    }
  }

  /**
   * Of the 518 alike resources of one patient only the first page, or they would be most of all.
   */
  private static boolean isChart(String file) {
    return file.matches("p-10\\d\\d(-page-\\d)?\\.json") && !file.matches("p-1006-page-[2-6].*");
  }

  Chart of(String id) {
    try {
      if (id.equals(SMALL)) {
        return chart(id, id, pool.stream().filter(o -> o.patient.equals(id)).toList());
      }
      if (id.matches("bench-[1-9]\\d{0,4}")) {
        return chart(REST, id, made(Integer.parseInt(id.substring("bench-".length()))));
      }
      throw new IllegalArgumentException("the stub sources know no patient " + id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Owned> made(int count) {
    Owned patient =
        pool.stream()
            .filter(o -> o.patient.equals(REST) && type(o.entry).equals("Patient"))
            .findFirst()
            .orElseThrow();
    List<Owned> others = pool.stream().filter(o -> !type(o.entry).equals("Patient")).toList();
    List<Owned> entries = new ArrayList<>(List.of(patient));
    for (int i = 0; entries.size() < count; i++) {
      Owned original = others.get(i % others.size());
      ObjectNode entry = original.entry.deepCopy();
      ObjectNode resource = (ObjectNode) entry.get("resource");
      resource.put("id", resource.get("id").asText() + "-" + i / others.size());
      narrate(resource);
      entries.add(new Owned(original.patient, entry));
    }
    return entries;
  }

  /** The narrative that most servers generate: it brings a resource to the size of a real one. */
  private static void narrate(ObjectNode resource) {
    if (resource.has("text")) {
      return;
    }
    String what = resource.findValuesAsText("text").stream().findFirst().orElse("no title");
    resource
        .putObject("text")
        .put("status", "generated")
        .put(
            "div",
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><b>%s</b></p><p>%s</p></div>"
                .formatted(resource.get("resourceType").asText(), what.replaceAll("[<>&]", " ")));
  }

  private Chart chart(String from, String id, List<Owned> entries) throws IOException {
    UnaryOperator<String> rename = text -> text.replace(from, id);
    List<String> everything = new ArrayList<>();
    for (Owned entry : entries) {
      everything.add(JSON.writeValueAsString(entry.entry).replace(entry.patient, id));
    }
    Map<String, byte[]> searches = new TreeMap<>();
    for (String type : StubSource.ALL_SEARCHES) {
      searches.put(type, json("pharmacy/__files/" + from + "-" + type + ".json", rename));
    }
    byte[] results = Files.readAllBytes(stubs.resolve("lab/__files/" + from + ".hl7"));
    return new Chart(
        everything,
        searches,
        rename.apply(new String(results, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8),
        json("imaging/__files/" + from + ".json", rename));
  }

  private byte[] json(String file, UnaryOperator<String> rename) throws IOException {
    JsonNode tree = JSON.readTree(stubs.resolve(file).toFile());
    return rename.apply(JSON.writeValueAsString(tree)).getBytes(StandardCharsets.UTF_8);
  }

  private static String type(ObjectNode entry) {
    return entry.path("resource").path("resourceType").asText();
  }
}
