package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceSettings.Auth;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final SourceId ID = new SourceId(null, "p-1");
  private static final String CHART =
      "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\","
          + "\"id\":\"p-1\"}}]}";
  private static final String RESULT =
      "MSH|^~\\&|LAB|HOSP|||20261001120000+0200||ORU^R01|M1|P|2.5.1\rPID|1||p-1\r"
          + "OBX|1|ST|882-1^Group^LN||A|||||F\r";
  private static final String STUDIES = "[{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}]";

  private final Sources sources =
      new Sources(
          new Metrics(List.of(LONGEST)),
          LONGEST,
          InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z")));

  @Test
  void sourcesAreInTheOrderOfTheConfigurationWhateverTheyAreCalled() throws Exception {
    Map<String, SourceSettings> settings = new LinkedHashMap<>();
    for (String name : List.of("z", "a", "m")) {
      settings.put(name, settings(Protocol.FHIR, "http://127.0.0.1:1/fhir", null));
    }

    assertThat(sources.assemble(settings))
        .extracting(PatientSource::name)
        .containsExactly("z", "a", "m");
  }

  @ParameterizedTest
  @CsvSource({"FHIR, Patient", "HL7V2, Patient", "DICOMWEB, ImagingStudy"})
  void everyProtocolIsSpokenOverHttp(Protocol protocol, String firstType) throws Exception {
    String body =
        switch (protocol) {
          case FHIR -> CHART;
          case HL7V2 -> RESULT;
          case DICOMWEB -> STUDIES;
        };
    String type = protocol == Protocol.HL7V2 ? "text/plain" : "application/json";
    try (var server = new RawServer(RawServer.saying(http(type, body)))) {
      Ended ended = ask(settings(protocol, server.url("/base/"), null));

      assertThat(SourceAnswer.of(List.of(ended)).status()).isEqualTo("ok");
      assertThat(ended.intake().entries().getFirst().facts().type()).isEqualTo(firstType);
      assertThat(server.requests)
          .singleElement()
          .asString()
          .startsWith("GET /base/")
          .contains("p-1");
      assertThat(server.requests.getFirst()).doesNotContain("//");
    }
  }

  @ParameterizedTest
  @CsvSource({"BASIC, user:päss, Basic dXNlcjpww6Rzcw==", "BEARER, abc, Bearer abc"})
  void theSecretIsTheFilesOnlyLine(
      Auth.Type type, String secret, String header, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), secret + "\n");
    var request = new StringBuffer();
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(server, request));
      ask(
          settings(
              Protocol.HL7V2,
              "http://127.0.0.1:" + server.getLocalPort(),
              Auth.simple(type, file)));
    }

    assertThat(request.toString().lines()).contains("Authorization: " + header);
  }

  private static void answerOnce(ServerSocket server, StringBuffer request) {
    try (var socket = server.accept()) {
      byte[] buffer = new byte[4096];
      int n = socket.getInputStream().read(buffer);
      request.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
      socket
          .getOutputStream()
          .write(http("text/plain", RESULT).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      request.append(e);
    }
  }

  @Test
  void aSecretThatIsNotThereStopsTheStart(@TempDir Path directory) {
    var auth = Auth.simple(Auth.Type.BEARER, directory.resolve("none"));

    assertThatThrownBy(
            () -> sources.assemble(Map.of("lab", settings(Protocol.HL7V2, "http://x", auth))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aSourcesOwnTimeoutOnlyShortensTheRequests() {
    var source =
        new ConfiguredSource(
            "lab",
            new SourceSettings(
                Protocol.HL7V2,
                URI.create("http://x"),
                null,
                "/{id}",
                null,
                Set.of(Section.RESULTS),
                false,
                null,
                Map.of(Urgency.EMERGENCY, Duration.ofMillis(800)),
                null,
                PipelineSettings.CONNECTION,
                1,
                1,
                1,
                PipelineSettings.PAYLOAD,
                PipelineSettings.NO_RATE,
                PipelineSettings.BREAKER,
                PipelineSettings.HEDGE),
            _ -> List.of());

    assertThat(source.timeout(Urgency.EMERGENCY, Duration.ofSeconds(2)))
        .isEqualTo(Duration.ofMillis(800));
    assertThat(source.timeout(Urgency.EMERGENCY, Duration.ofMillis(500)))
        .isEqualTo(Duration.ofMillis(500));
    assertThat(source.timeout(Urgency.NORMAL, LONGEST)).isEqualTo(LONGEST);
    assertThat(source.sections()).containsExactly(Section.RESULTS);
  }

  private Ended ask(SourceSettings settings) throws Exception {
    PatientSource source = sources.assemble(Map.of("source", settings)).getFirst();
    var task = new FutureTask<>(() -> ScriptedUpstream.runOnly(source.calls(ID)));
    Thread.ofVirtual().start(task);
    return task.get();
  }

  private static String http(String type, String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static SourceSettings settings(Protocol protocol, String url, @Nullable Auth auth) {
    return new SourceSettings(
        protocol,
        URI.create(url),
        null,
        protocol == Protocol.HL7V2 ? "/results?patient={id}" : null,
        protocol == Protocol.FHIR ? new Fetch.Everything() : null,
        Set.of(Section.RESULTS),
        false,
        null,
        Map.of(),
        auth,
        PipelineSettings.CONNECTION,
        10,
        100_000,
        5,
        PipelineSettings.PAYLOAD,
        PipelineSettings.NO_RATE,
        PipelineSettings.BREAKER,
        PipelineSettings.HEDGE);
  }
}
