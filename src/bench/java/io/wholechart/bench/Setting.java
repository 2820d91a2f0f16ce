package io.wholechart.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.bench.StubSource.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What every contender is told alike.
 *
 * @param sources whom to ask
 * @param calls how many calls of one source may be under way at once
 */
record Setting(List<StubSource> sources, int calls) {
  /** The service's own default; where it is meant, our configuration does not name it. */
  static final int DEFAULT_CALLS = 2000;

  private static final int FIRST_DEADLINE = 2000;
  private static final ObjectMapper JSON = new ObjectMapper();

  static Setting byDefault(List<Integer> ports) {
    return new Setting(StubSource.of(ports, 4, StubSource.ALL_SEARCHES), DEFAULT_CALLS);
  }

  void write(Path folder, int port, int adminPort) throws IOException {
    Files.writeString(folder.resolve("wholechart.yaml"), yaml(port, adminPort));
    JSON.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("peer.json").toFile(), json(port));
  }

  /** Only what the bench must say: addresses, and what differs from the defaults. */
  private String yaml(int port, int adminPort) {
    var yaml = new StringBuilder();
    yaml.append("server: {port: %d}%nadmin: {port: %d}%n".formatted(port, adminPort));
    if (calls != DEFAULT_CALLS) {
      yaml.append("sourceDefaults: {maxConcurrentCalls: %d}%n".formatted(calls));
    }
    yaml.append("sources:\n");
    for (StubSource source : sources) {
      yaml.append("  %s: {url: \"%s\"%s}%n".formatted(source.name(), source.base(), rest(source)));
    }
    return yaml.toString();
  }

  private static String rest(StubSource source) {
    if (source.name().equals(source.kind().key())) { // the default configuration knows it
      return source.kind() == Kind.PHARMACY && !source.searches().equals(StubSource.ALL_SEARCHES)
          ? ", fetch: " + source.searches()
          : "";
    }
    return switch (source.kind()) {
      case EHR ->
          ", protocol: fhir, fetch: everything, sections: [patient, allergies, conditions,"
              + " medications, results, encounters, immunizations, procedures, documents]";
      case LAB -> ", protocol: hl7v2, path: \"/results?patient={id}\", sections: [results]";
      case IMAGING -> ", protocol: dicomweb, sections: [imaging]";
      case PHARMACY -> ", protocol: fhir, sections: [medications], fetch: " + source.searches();
    };
  }

  private ObjectNode json(int port) {
    ObjectNode json = JSON.createObjectNode().put("port", port).put("calls", calls);
    json.putObject("deadlines")
        .put("emergency", FIRST_DEADLINE)
        .put("urgent", 5000)
        .put("normal", 10_000);
    var list = json.putArray("sources");
    for (StubSource source : sources) {
      ObjectNode block = list.addObject().put("name", source.name());
      block.put(
          "kind",
          switch (source.kind()) {
            case EHR, PHARMACY -> "fhir";
            case LAB -> "text";
            case IMAGING -> "json";
          });
      source.urls().forEach(block.putArray("urls")::add);
    }
    return json;
  }

  String callsInWords() {
    return sources.stream()
        .map(s -> s.urls().size() == 1 ? s.name() : s.urls().size() + " of " + s.name())
        .collect(Collectors.joining(", "));
  }
}
