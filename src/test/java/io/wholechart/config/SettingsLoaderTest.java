package io.wholechart.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.PipelineSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {
  @TempDir Path directory;
  private Layers layers;

  @BeforeEach
  void begin() {
    layers = new Layers(directory);
  }

  @Test
  void theShippedFileIsAWholeConfiguration() {
    Settings settings = layers.load();

    assertThat(settings.server().port()).isEqualTo(8080);
    assertThat(settings.deadline().emergency()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.audit().directory()).isEqualTo(Path.of("data/audit"));
    assertThat(settings.sources().keySet()).containsExactly("ehr", "lab", "imaging", "pharmacy");
    assertThat(settings.sources().get("lab"))
        .isEqualTo(
            new SourceSettings(
                Protocol.HL7V2,
                URI.create("http://127.0.0.1:9102"),
                null,
                "/results?patient={id}",
                null,
                java.util.Set.of(Section.RESULTS),
                false,
                null,
                Map.of(),
                null,
                PipelineSettings.CONNECTION,
                2000,
                16 << 20,
                200,
                PipelineSettings.PAYLOAD,
                PipelineSettings.NO_RATE,
                PipelineSettings.BREAKER,
                PipelineSettings.HEDGE));
  }

  @Test
  void aFileThatNamesOneKeyChangesOnlyThat() {
    Settings before = layers.load();
    Settings after = layers.file("sources:\n  lab:\n    url: http://lab:1\n").load();

    assertThat(after.sources().get("lab").url()).isEqualTo(URI.create("http://lab:1"));
    assertThat(after.sources().get("lab").path()).isEqualTo("/results?patient={id}");
    assertThat(after.sources().keySet()).containsExactlyElementsOf(before.sources().keySet());
    assertThat(after.sources().get("ehr")).isEqualTo(before.sources().get("ehr"));
    assertThat(after.server()).isEqualTo(before.server());
  }

  @Test
  void eachLayerIsLaidOverTheOneBefore() {
    layers.file(
        """
        server: {port: 1, host: "::1"}
        admin: {port: 7}
        deadline: {urgent: 4s}
        """);
    assertThat(layers.load().server().port()).isEqualTo(1);
    layers.file("server: {port: 2}\nadmin: {port: 3}");
    assertThat(layers.load().server().port()).isEqualTo(2);
    layers.environment("WHOLECHART_SERVER_PORT", "4").environment("WHOLECHART_ADMIN_PORT", "5");
    assertThat(layers.load().server().port()).isEqualTo(4);
    layers.flag("server.port", "6");

    Settings settings = layers.load();
    assertThat(settings.server().port()).isEqualTo(6);
    assertThat(settings.admin().port()).isEqualTo(5);
    assertThat(settings.server().host()).isEqualTo("::1");
    assertThat(settings.deadline().urgent()).isEqualTo(Duration.ofSeconds(4));
    assertThat(settings.deadline().normal()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void theLastLayerThatNamesAKeyDecidesIt() {
    Map<String, ToIntFunction<Settings>> keys =
        Map.of(
            "server.port", s -> s.server().port(),
            "sources.lab.maxPages", s -> s.sources().get("lab").maxPages(),
            "sources.ehr.maxBodyBytes", s -> s.sources().get("ehr").maxBodyBytes(),
            "sources.pharmacy.maxConcurrentCalls",
                s -> s.sources().get("pharmacy").maxConcurrentCalls());
    List<String> names = keys.keySet().stream().sorted().toList();
    for (int round = 0; round < 60; round++) {
      RandomGenerator random = Seed.random(round);
      var all = new Layers(directory);
      Map<String, Integer> expected = new java.util.HashMap<>();
      names.forEach(name -> expected.put(name, keys.get(name).applyAsInt(all.load())));
      for (int layer = 0; layer < 5; layer++) {
        for (String name : names) {
          if (random.nextInt(3) == 0) {
            int value = random.nextInt(10_000, 60_000);
            expected.put(name, value);
            switch (layer) {
              case 0, 1, 2 -> all.file(yaml(name, value));
              case 3 -> all.environment(Environment.name(name), "" + value);
              default -> all.flag(name, "" + value);
            }
          }
        }
      }
      Settings settings = all.load();

      for (String name : names) {
        assertThat(keys.get(name).applyAsInt(settings))
            .as("%s of %s", name, Seed.describe(round))
            .isEqualTo(expected.get(name));
      }
    }
  }

  private static String yaml(String key, int value) {
    long depth = key.chars().filter(c -> c == '.').count();
    return key.replace(".", ": {") + ": " + value + "}".repeat((int) depth);
  }

  @Test
  void aListIsReplacedWhole() {
    Settings settings = layers.file("sources: {pharmacy: {fetch: [MedicationDispense]}}").load();

    assertThat(settings.sources().get("pharmacy").fetch())
        .isEqualTo(new Fetch.Types(List.of("MedicationDispense")));
  }

  @Test
  void aNullTakesAKeyAway() {
    Settings settings = layers.file("sources: {ehr: null, lab: ~}").load();

    assertThat(settings.sources().keySet()).containsExactly("imaging", "pharmacy");
  }

  @Test
  void aNullInABlockThatIsNewIsNoValueEither() {
    String block = "protocol: dicomweb, url: 'http://mri/dicom'";

    assertThat(
            layers
                .file("sources: {mri: {" + block + ", sections: [imaging], auth: null, path: }}")
                .load()
                .sources())
        .containsKey("mri");
    assertThat(layers.file("sources: {ct: {" + block + ", sections: null}}").problems())
        .contains("sources.ct.sections is missing");
  }

  @Test
  void aFurtherSourceIsABlockAndComesLast() {
    Settings settings =
        layers
            .file(
                """
                sources:
                  ecg: {protocol: fhir, url: "https://ecg/fhir", fetch: [Observation], sections: [results], maxPages: 3}
                """)
            .load();

    assertThat(settings.sources().keySet()).last().isEqualTo("ecg");
    assertThat(settings.sources().get("ecg").maxPages()).isEqualTo(3);
    assertThat(settings.sources().get("ecg").maxConcurrentCalls()).isEqualTo(2000);
  }

  @Test
  void sourceDefaultsAreForEverySourceThatDoesNotSayOtherwise() {
    Settings settings =
        layers
            .file(
                """
                sourceDefaults: {maxPages: 7, timeout: {emergency: 1s, urgent: 2s}}
                sources: {lab: {maxPages: 9, timeout: {urgent: 3s}}}
                """)
            .load();

    assertThat(settings.sources().get("ehr").maxPages()).isEqualTo(7);
    assertThat(settings.sources().get("ehr").timeout()).hasSize(2);
    assertThat(settings.sources().get("lab").maxPages()).isEqualTo(9);
    assertThat(settings.sources().get("lab").timeout())
        .isEqualTo(
            Map.of(
                Urgency.EMERGENCY, Duration.ofSeconds(1), Urgency.URGENT, Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource({"800ms, PT0.8S", "2s, PT2S", "1m, PT1M", "PT2.5S, PT2.5S", "0h, ''"})
  void aDuration(String written, String duration) {
    layers.file("deadline: {normal: " + written + "}");

    if (duration.isEmpty()) {
      assertThat(layers.problems()).contains("a.yaml:1: deadline.normal must be longer than zero");
    } else {
      assertThat(layers.load().deadline().normal()).isEqualTo(Duration.parse(duration));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4KiB, 4096", "2MiB, 2097152", "1GiB, 1073741824"})
  void aSize(String written, int bytes) {
    layers.file("sources: {lab: {maxBodyBytes: " + written + "}}");

    assertThat(layers.load().sources().get("lab").maxBodyBytes()).isEqualTo(bytes);
  }

  @Test
  void everyKeyIsDescribedWithItsValueAndItsPlace() {
    String text =
        layers
            .file("server:\n  port: 9000\nsourceDefaults: {maxPages: 7}\n")
            .environment("WHOLECHART_ADMIN_PORT", "9001")
            .flag("sources.lab.maxPages", "8")
            .loaded()
            .describe();

    assertThat(text)
        .contains("server.port: 9000   # " + directory.resolve("a.yaml") + ":2")
        .contains("server.host: 127.0.0.1   # config/wholechart.yaml:6")
        .contains("admin.port: 9001   # environment WHOLECHART_ADMIN_PORT")
        .contains("sources.lab.maxPages: 8   # flag --set sources.lab.maxPages")
        .contains("sources.ehr.maxPages: 7   # " + directory.resolve("a.yaml") + ":3");
  }

  @Test
  void neitherASecretNorItsPlaceIsInTheDescription() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "user:hunter2\n");

    assertThat(
            layers
                .file("sources: {ehr: {auth: {type: basic, secretFile: '" + secret + "'}}}")
                .loaded()
                .describe())
        .contains("sources.ehr.auth.secretFile: ***   # " + directory.resolve("a.yaml") + ":1")
        .contains("audit.signingKey: ***   # config/wholechart.yaml:")
        .doesNotContain(secret.toString(), "hunter2");
  }

  @Test
  void everyProblemIsToldAtOnceEachWithItsPlace() {
    String problems =
        layers
            .file("server:\n  port: 99999\ndeadline: {normal: soon}\nsources:\n  lab: {url: lab}\n")
            .problems();

    assertThat(problems.lines())
        .containsExactlyInAnyOrder(
            "a.yaml:2: server.port must lie between 0 and 65535",
            "a.yaml:3: deadline.normal must be a duration such as 800ms, 2s, 1m or PT2S",
            "a.yaml:5: sources.lab.url is not an http or https URL with a host");
  }
}
