package io.wholechart.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceSettings.Fetch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {
  @TempDir Path directory;
  private Layers layers;

  @BeforeEach
  void begin() {
    layers = new Layers(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "server.port, WHOLECHART_SERVER_PORT",
    "sources.lab.maxPages, WHOLECHART_SOURCES_LAB_MAXPAGES",
    "sources.ct-2.auth.secretFile, WHOLECHART_SOURCES_CT_2_AUTH_SECRETFILE"
  })
  void aVariableIsNamedAfterItsKey(String key, String name) {
    assertThat(Environment.name(key)).isEqualTo(name);
  }

  @Test
  void everyKeyHasAVariable() {
    for (String path : Schema.paths(Set.of("lab"), Set.of())) {
      assertThat(layers.environment(Environment.name(path), "[").problems())
          .as(path)
          .contains(Environment.name(path) + ": the value of " + path + " is not well-formed");
    }
  }

  @Test
  void aValueIsReadAsItWouldBeInTheFile() {
    Settings settings =
        layers
            .environment("WHOLECHART_SOURCES_LAB_URL", "http://lab:9")
            .environment("WHOLECHART_SOURCES_LAB_PATH", "/r/{id}")
            .environment("WHOLECHART_SOURCES_LAB_SECTIONS", "[results, documents]")
            .environment("WHOLECHART_SOURCES_LAB_TIMEOUT_EMERGENCY", "800ms")
            .environment("WHOLECHART_SOURCEDEFAULTS_TIMEOUT_URGENT", "3s")
            .environment("WHOLECHART_SOURCES_EHR_FETCH", "[Patient]")
            .environment("WHOLECHART_SOURCES_EHR_MAXBODYBYTES", "1KiB")
            .load();

    var lab = settings.sources().get("lab");
    assertThat(lab.url()).isEqualTo(URI.create("http://lab:9"));
    assertThat(lab.path()).isEqualTo("/r/{id}");
    assertThat(lab.sections()).containsOnly(Section.RESULTS, Section.DOCUMENTS);
    assertThat(lab.timeout().get(Urgency.EMERGENCY)).isEqualTo(Duration.ofMillis(800));
    assertThat(lab.timeout().get(Urgency.URGENT)).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.sources().get("ehr").fetch())
        .isEqualTo(new Fetch.Types(List.of("Patient")));
    assertThat(settings.sources().get("ehr").maxBodyBytes()).isEqualTo(1024);
  }

  @Test
  void aSourceOfAFileHasVariablesToo() {
    Settings settings =
        layers
            .file("sources: {ct-2: {protocol: dicomweb, url: 'http://a', sections: [imaging]}}")
            .environment("WHOLECHART_SOURCES_CT_2_URL", "http://b")
            .load();

    assertThat(settings.sources().get("ct-2").url()).isEqualTo(URI.create("http://b"));
  }

  @Test
  void othersVariablesAndTheLaunchersAreNotOurs() {
    Settings settings =
        layers
            .environment("PATH", "/bin")
            .environment("SERVER_PORT", "1")
            .environment("WHOLECHART_JAVA_OPTS", "-Xmx1g")
            .environment("WHOLECHART_LOG_LEVEL", "debug")
            .load();

    assertThat(settings).isEqualTo(new Layers(directory).load());
  }

  @Test
  void anEmptyVariableIsAnEmptyTextAndNotNothing() {
    assertThat(layers.environment("WHOLECHART_SERVER_HOST", "").problems())
        .startsWith("environment WHOLECHART_SERVER_HOST: server.host is empty");
  }

  @Test
  void anAliasIsNoMoreAllowedHereThanInAFile() {
    assertThat(layers.environment("WHOLECHART_SERVER_HOST", "*x").problems())
        .startsWith("environment WHOLECHART_SERVER_HOST: ");
    assertThat(new Layers(directory).flag("server.host", "[&a b, *a]").problems())
        .startsWith("flag --set server.host: ");
  }

  @Test
  void aWrongValueIsToldWithItsVariable() {
    assertThat(layers.environment("WHOLECHART_SERVER_PORT", "eighty").problems())
        .startsWith("environment WHOLECHART_SERVER_PORT: server.port must be a whole number");
    assertThat(new Layers(directory).flag("sources.lab.url.x", "1").problems())
        .startsWith("flag --set sources.lab.url.x: sources.lab.url must be a URL");
  }
}
