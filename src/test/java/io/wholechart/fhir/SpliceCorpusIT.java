package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.patient.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The resources of real Bundles, where a folder of them is at hand: {@code
 * -Dwholechart.corpus=DIR}. Each is put under an answer's names; taken back, it is what it was,
 * byte for byte.
 */
@Tag("corpus")
class SpliceCorpusIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("wholechart.corpus", "../shared/data")).resolve("fhir");

  @Test
  void takingTheSpliceBackGivesTheOriginalByteForByte() throws Exception {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS.toAbsolutePath());
    List<String> table = new ArrayList<>();
    table.add(String.format("%-90s %9s %10s %8s", "file", "resources", "references", "dangling"));
    int resources = 0;
    for (Path file : files()) {
      FhirPayload payload = PayloadReader.read(bytes(file));
      if (payload instanceof FhirPayload.Bundle(var found, _, _, _, _, _, _)) {
        List<Entry> entries = found.stream().map(r -> Splices.entry("ehr", r)).toList();
        table.add(row(file.getFileName().toString(), entries));
        resources += entries.size();
      }
    }
    table.forEach(System.out::println);
    Files.write(Path.of("target/corpus-splice.txt"), table, StandardCharsets.UTF_8);
    assertThat(resources).isPositive();
  }

  private static String row(String file, List<Entry> entries) throws IOException {
    AnswerNames names = AnswerNames.of(entries);
    var known = new TreeSet<String>();
    List<String> references = new ArrayList<>();
    for (Entry entry : entries) {
      String id = names.id(entry);
      if (id != null) { // else the same resource was there before
        assertThat(Splices.undone(entry, id, names))
            .as(file + " " + id)
            .isEqualTo(entry.bytes().json());
        JsonNode spliced = Splices.EXACT.readTree(Splice.of(entry, id, names).json());
        assertThat(spliced.path("id").asText()).isEqualTo(id);
        assertThat(spliced.at("/meta/source").asText()).startsWith("urn:wholechart:source:ehr");
        known.add(entry.facts().type() + "/" + id);
        references(spliced, references);
      }
    }
    long dangling =
        references.stream()
            .map(r -> r.replaceFirst("/_history/.*", ""))
            .filter(r -> !known.contains(r) && !r.startsWith("#"))
            .count();
    return String.format("%-90s %9d %10d %8d", file, known.size(), references.size(), dangling);
  }

  private static void references(JsonNode node, List<String> to) {
    for (JsonNode child : node) {
      if (child.isObject() && child.path("reference").isTextual()) {
        to.add(Objects.requireNonNull(child.path("reference").textValue()));
      }
      references(child, to);
    }
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.walk(CORPUS)) {
      return files.filter(f -> f.toString().matches(".*\\.json(\\.gz)?")).sorted().toList();
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
  }
}
