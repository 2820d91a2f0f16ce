package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A fifth source is a block of YAML: nothing in the program knows it by name. */
class FifthSourceIT {
  private static final String REGISTRY =
      """
      sources:
        registry:
          protocol: fhir
          url: "http://127.0.0.1:%d/fhir"
          fetch: [Immunization]
          sections: [immunizations]
      """;
  private static final String VACCINATION =
      """
      {"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":
        {"resourceType":"Immunization","id":"reg-7","status":"completed",
         "vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"37"}],
                        "text":"Yellow fever"},
         "patient":{"reference":"Patient/p-1001"},"occurrenceDateTime":"2019-03-01"}}]}
      """;

  @TempDir Path directory;
  private StubHospital hospital;
  private HttpServer registry;
  private Service service;
  private Caller caller;
  private Caller operator;

  @BeforeEach
  void start() throws Exception {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/fhir/Immunization", FifthSourceIT::answer);
    registry.start();
    Path site = Files.writeString(directory.resolve("site.yaml"), site());
    Path fifth =
        Files.writeString(
            directory.resolve("registry.yaml"),
            REGISTRY.formatted(registry.getAddress().getPort()));
    ConfigOptions options =
        CommandLine.populateCommand(
            new ConfigOptions(), "--config", site.toString(), "--config", fifth.toString());
    service = Service.start(options.load().settings());
    caller = new Caller(service.port());
    operator = new Caller(service.adminPort());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    registry.stop(0);
    hospital.close();
  }

  @Test
  void itShowsInAnswerMetricsAndAuditRecord() throws Exception {
    Answered answered = caller.get("/patients/p-1001?minSources=5&require=immunizations");

    assertThat(answered.status()).as(answered.body()).isEqualTo(200);
    JsonNode chart = answered.json();
    assertThat(chart.path("sources").toString())
        .isEqualTo("[\"ehr\",\"lab\",\"imaging\",\"pharmacy\",\"registry\"]");
    assertThat(chart.at("/sourceStatus/4/source").textValue()).isEqualTo("registry");
    assertThat(chart.at("/sourceStatus/4/status").textValue()).isEqualTo("ok");
    assertThat(chart.at("/sourceStatus/4/entries").intValue()).isEqualTo(1);
    assertThat(chart.at("/sections/immunizations/expected").toString())
        .isEqualTo("[\"ehr\",\"registry\"]");
    assertThat(chart.at("/data/immunizations")).hasSize(3);
    assertThat(chart.at("/data/immunizations"))
        .filteredOn(entry -> entry.path("sources").toString().equals("[\"registry\"]"))
        .extracting(entry -> entry.at("/resource/vaccineCode/text").textValue())
        .containsExactly("Yellow fever");

    assertThat(operator.get("/observe/metrics").body())
        .contains(
            "source_fetch_duration_seconds_count{outcome=\"ok\",source=\"registry\"} 1",
            "source_calls_active{source=\"registry\"} 0.0",
            "identity_mismatches_total{source=\"registry\"} 0.0");
    JsonNode access = new Journal(directory).of(answered.requestId()).at("/sources/4");
    assertThat(access.path("source").textValue()).isEqualTo("registry");
    assertThat(access.path("outcome").textValue()).isEqualTo("ok");
    assertThat(access.path("entries").intValue()).isEqualTo(1);
  }

  @Test
  void itsSilenceMakesItsSectionIncompleteAndItsFailureIsCounted() throws Exception {
    registry.stop(0);
    Answered answered = caller.get("/patients/p-1001");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).isEqualTo("0.8; missing=\"registry\"");
    assertThat(answered.json().at("/sections/immunizations/state").textValue())
        .isEqualTo("incomplete");
    assertThat(answered.json().at("/failures/0/reason").textValue()).isEqualTo("unreachable");
    assertThat(operator.get("/observe/metrics").body())
        .contains(
            "source_fetch_duration_seconds_count{outcome=\"unreachable\",source=\"registry\"} 1");
    JsonNode record = new Journal(directory).of(answered.requestId());
    assertThat(record.at("/sources/4/outcome").textValue()).isEqualTo("unreachable");
    assertThat(record.path("completeness").doubleValue()).isEqualTo(0.8);
  }

  /** Where the four sources of the defaults are in this test; what they are stays the defaults'. */
  private String site() {
    return """
    server: {port: 0}
    admin: {port: 0}
    audit: {directory: "%s"}
    sources:
      ehr: {url: "%s/fhir"}
      lab: {url: "%s"}
      imaging: {url: "%s/dicom-web"}
      pharmacy: {url: "%s/fhir"}
    """
        .formatted(
            directory,
            hospital.url("ehr"),
            hospital.url("lab"),
            hospital.url("imaging"),
            hospital.url("pharmacy"));
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean isKnown = exchange.getRequestURI().getQuery().contains("patient=p-1001");
      byte[] body = VACCINATION.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
      exchange.sendResponseHeaders(isKnown ? 200 : 500, isKnown ? body.length : -1);
      if (isKnown) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
