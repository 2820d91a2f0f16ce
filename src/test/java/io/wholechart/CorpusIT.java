package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charts and study lists of real systems, where a folder of them is at hand: {@code
 * -Dwholechart.corpus=DIR}. Each is served over HTTP, asked for, and compared with the answer.
 */
@Tag("corpus")
class CorpusIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("wholechart.corpus", "../shared/data"));

  /** Numbers keep their digits: 5.10 is not 5.1. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final List<String> table = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void noResourceOfAChartIsLost() throws Exception {
    table.add(
        String.format("%-44s %9s %9s %5s %7s", "file", "sent", "answered", "lost", "foreign"));
    for (Path file : files("fhir/synthea")) {
      byte[] body = bytes(file);
      List<JsonNode> sent = new ArrayList<>();
      EXACT.readTree(body).path("entry").forEach(entry -> sent.add(entry.path("resource")));
      List<String> patients =
          sent.stream()
              .filter(r -> r.path("resourceType").asText().equals("Patient"))
              .map(r -> r.path("id").asText())
              .toList();
      if (patients.size() != 1) {
        table.add(String.format("%-44s %9d  is nobody's chart", name(file), sent.size()));
        continue;
      }
      List<JsonNode> answered =
          resources(ask(Protocol.FHIR, body, "application/fhir+json", patients.getFirst()));
      row(file, sent, answered);
    }
    print("target/corpus-fhir.txt");
  }

  @Test
  void noStudyIsLostAndNoneOfAnotherPatientIsShown() throws Exception {
    table.add(
        String.format("%-44s %7s  %s", "file", "objects", "shown for each patient (all shown?)"));
    for (Path file : files("dicomweb")) {
      byte[] body = bytes(file);
      JsonNode objects = EXACT.readTree(body);
      Set<String> patients = new LinkedHashSet<>(List.of("nobody"));
      objects.forEach(object -> patients.add(value(object, "00100020")));
      var shown = new StringBuilder();
      for (String patient : patients) {
        if (PatientId.isLegal(patient)) {
          shown.append(studies(file, body, objects, patient));
        }
      }
      table.add(String.format("%-44s %7d  %s", name(file), objects.size(), shown));
    }
    print("target/corpus-dicom.txt");
  }

  private void row(Path file, List<JsonNode> sent, List<JsonNode> answered) {
    List<JsonNode> lost = without(sent, answered);
    List<JsonNode> foreign = without(answered, sent);
    table.add(
        String.format(
            "%-44s %9d %9d %5d %7d",
            name(file), sent.size(), answered.size(), lost.size(), foreign.size()));
    assertThat(lost).as("lost of " + name(file)).isEmpty();
    assertThat(foreign).as("foreign to " + name(file)).isEmpty();
  }

  private String studies(Path file, byte[] body, JsonNode objects, String patient)
      throws Exception {
    Set<String> theirs = new LinkedHashSet<>();
    Set<String> nobodys = new LinkedHashSet<>();
    boolean isMixed = false;
    for (JsonNode object : objects) {
      String owner = value(object, "00100020");
      (owner.isEmpty() ? nobodys : theirs).add(value(object, "0020000D"));
      if (!owner.isEmpty() && !owner.equals(patient)) {
        theirs.remove(value(object, "0020000D"));
        isMixed = true;
      }
    }
    JsonNode answer = ask(Protocol.DICOMWEB, body, "application/dicom+json", patient);
    List<String> uids = new ArrayList<>();
    resources(answer).forEach(study -> uids.add(study.path("id").asText()));
    Set<String> expected = new LinkedHashSet<>(theirs);
    if (!isMixed) {
      expected.addAll(nobodys); // shown as unverified, by a source that mixes nobody up
    }
    assertThat(uids).as(name(file) + " for " + patient).hasSameElementsAs(expected);
    if (isMixed) {
      // the second where nothing at all was the patient's, so that the answer is a problem
      assertThat(answer.toString())
          .as(name(file))
          .containsAnyOf("\"identity-mismatch\"", "of another patient, withheld");
    }
    return String.format("%d of %s  ", uids.size(), patient);
  }

  /** Serves the body as what its source would answer, and asks for the patient. */
  private JsonNode ask(Protocol protocol, byte[] body, String type, String patient)
      throws Exception {
    boolean isFhir = protocol == Protocol.FHIR;
    try (var server = new OneAnswer(body, type)) {
      SourceSettings source =
          TestSettings.source(
              protocol,
              server.url(),
              null,
              isFhir ? new Fetch.Everything() : null,
              isFhir ? EnumSet.allOf(Section.class) : Set.of(Section.IMAGING));
      Path audit = Files.createTempDirectory(directory, "audit");
      try (var service = Service.start(TestSettings.of(audit, Map.of("only", source)))) {
        return EXACT.readTree(
            new Caller(service.port()).get("/patients/" + patient).response().body());
      }
    }
  }

  private static List<JsonNode> resources(JsonNode answer) {
    List<JsonNode> resources = new ArrayList<>();
    for (JsonNode section : answer.path("data")) {
      for (JsonNode entry : section.isArray() ? section : List.of(section)) {
        if (entry.has("resource")) {
          resources.add(entry.path("resource"));
          entry.path("also").forEach(other -> resources.add(other.path("resource")));
        }
      }
    }
    return resources;
  }

  private static List<JsonNode> without(List<JsonNode> all, List<JsonNode> some) {
    List<JsonNode> rest = new ArrayList<>(all);
    some.forEach(rest::remove);
    return rest;
  }

  private static String value(JsonNode object, String tag) {
    return object.path(tag).path("Value").path(0).asText("");
  }

  private static List<Path> files(String folder) throws IOException {
    Path corpus = CORPUS.resolve(folder);
    assumeTrue(Files.isDirectory(corpus), "no corpus at " + corpus.toAbsolutePath());
    try (var files = Files.list(corpus)) {
      return files.sorted().toList();
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (name(file).endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.length() <= 44
        ? name
        : name.substring(0, 20) + "…" + name.substring(name.length() - 23);
  }

  private void print(String to) throws IOException {
    table.forEach(System.out::println);
    Files.write(Path.of(to), table, StandardCharsets.UTF_8);
  }
}
