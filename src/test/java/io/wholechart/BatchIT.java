package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.hospital.Outage;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many charts by one request, a line each. */
class BatchIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;
  private static HospitalService hospital;

  @BeforeAll
  static void start() throws Exception {
    hospital = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    hospital.close();
  }

  @Test
  void eachPatientIsALineAndTheSameChartAsByItself() throws Exception {
    HttpResponse<String> response = ask("{\"ids\":[\"p-1001\",\"p-1006\",\"p-1011\"]}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    Map<String, JsonNode> lines = lines(response);
    assertThat(lines).containsOnlyKeys("p-1001", "p-1006", "p-1011");
    for (String id : lines.keySet()) {
      JsonNode single = hospital.get("/patients/" + id).json();
      assertThat(lines.get(id).path("data").findValues("resource"))
          .isNotEmpty()
          .isEqualTo(single.path("data").findValues("resource"));
      assertThat(lines.get(id).path("isComplete").booleanValue()).isTrue();
    }
  }

  @Test
  void aPatientThatNobodyKnowsIsALineWithItsProblem() throws Exception {
    HttpResponse<String> response = ask("{\"urgency\":\"urgent\",\"ids\":[\"p-9999\",\"p-1001\"]}");

    Map<String, JsonNode> lines = lines(response);
    JsonNode problem = lines.get("p-9999");
    assertThat(problem.path("type").asText()).isEqualTo("urn:wholechart:problem:patient-not-found");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(lines.get("p-1001").path("urgency").asText()).isEqualTo("urgent");
  }

  @Test
  void eachPatientHasARecordOfItsOwnThatItsLineNames() throws Exception {
    List<String> ids = IntStream.range(0, 100).mapToObj(n -> "p-77" + n).toList();
    HttpResponse<String> response = ask("{\"ids\":" + JSON.writeValueAsString(ids) + "}");

    Map<String, JsonNode> lines = lines(response);
    assertThat(lines).hasSize(100);
    String batch = response.headers().firstValue("X-Request-Id").orElseThrow();
    for (String id : ids) {
      String requestId = lines.get(id).path("requestId").asText();
      JsonNode record = hospital.journal.of(requestId);
      assertThat(requestId).startsWith(batch + "-");
      assertThat(record.path("patientId").asText()).isEqualTo(id);
      assertThat(record.path("interaction").asText()).isEqualTo("batch-read");
      assertThat(record.path("httpStatus").asInt()).isEqualTo(404);
      assertThat(lines.get(id).path("auditReceipt").asText())
          .startsWith(record.path("node").asText() + ";seq=" + record.path("seq").asText() + ";");
      assertThat(record.path("intent").asLong()).isPositive();
    }
  }

  @Test
  void theDigestIsOfTheLineBeforeItsReceiptWasAdded() throws Exception {
    for (String line : ask("{\"ids\":[\"p-1001\",\"p-9999\"]}").body().split("\n")) {
      String told = line.substring(0, line.lastIndexOf(",\"auditReceipt\":")) + "}";
      JsonNode record = hospital.journal.of(JSON.readTree(line).path("requestId").asText());
      byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
      String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(record.path("digest").asText()).isEqualTo(digest);
      assertThat(record.path("bytes").asInt()).isEqualTo(bytes.length);
    }
  }

  @Test
  void aPatientIsSentWhenItIsReadyAndNotWhenAllAre() throws Exception {
    hospital.hospital.outage("imaging", Outage.HANG);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), hospital.service.port())) {
      List<String> ids = IntStream.range(1000, 1020).mapToObj(n -> "p-" + n).toList();
      String body = "{\"urgency\":\"emergency\",\"ids\":" + JSON.writeValueAsString(ids) + "}";
      socket.getOutputStream().write(request(body).getBytes(StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H'); // eight of twenty are done, at their deadline
      long recorded = records("batch-read", "emergency");
      assertThat(recorded).isBetween(1L, 19L);
    } finally {
      hospital.hospital.heal(); // and the client has left
    }
    await("the end of what was under way")
        .untilAsserted(() -> {
          long recorded = records("batch-read", "emergency");
          assertThat(active()).isZero();
          assertThat(recorded).isLessThan(20);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]",
        "\"p-1001\"",
        "{",
        "{}",
        "{\"ids\":[]}",
        "{\"ids\":\"p-1001\"}",
        "{\"ids\":null}",
        "{\"ids\":[1]}",
        "{\"ids\":[null]}",
        "{\"ids\":[[\"p-1001\"]]}",
        "{\"ids\":[\"p_1001\"]}",
        "{\"ids\":[\"\"]}",
        "{\"ids\":[\"p-1001\",\"p-1001\"]}",
        "{\"ids\":[\"p-1001\"],\"ids\":[\"p-1002\"]}",
        "{\"ids\":[\"p-1001\"],\"urgency\":\"high\"}",
        "{\"ids\":[\"p-1001\"],\"urgency\":null}",
        "{\"ids\":[\"p-1001\"],\"urgency\":1}",
        "{\"ids\":[\"p-1001\"],\"require\":[]}",
        "{\"ids\":[\"p-1001\"]}{}",
        "{\"ids\":[\"p-1001\"],}",
        "{'ids':['p-1001']}"
      })
  void aBodyThatIsNotABatchIsRefusedWhole(String body) throws Exception {
    HttpResponse<String> response = ask(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("urn:wholechart:problem:bad-body")
        .doesNotContain("p-1001");
    String id = response.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(hospital.journal.of(id).path("problem").asText()).isEqualTo("bad-body");
  }

  @Test
  void aHundredAndOneAreTooMany() throws Exception {
    List<String> ids = IntStream.range(0, 101).mapToObj(n -> "p-" + n).toList();
    assertThat(ask("{\"ids\":" + JSON.writeValueAsString(ids) + "}").statusCode()).isEqualTo(400);
  }

  @Test
  void anotherTypeAndParametersAreRefused() throws Exception {
    String body = "{\"ids\":[\"p-1001\"]}";
    assertThat(send("/patients/_batch", body, "text/plain").statusCode()).isEqualTo(415);
    assertThat(send("/patients/_batch?urgency=urgent", body, "application/json").body())
        .contains("bad-parameter");
    assertThat(send("/patients/_batch", body, "application/json; charset=utf-8").statusCode())
        .isEqualTo(200);
  }

  private static Map<String, JsonNode> lines(HttpResponse<String> response) throws Exception {
    assertThat(response.body()).endsWith("\n").doesNotContain("\r");
    Map<String, JsonNode> lines = new HashMap<>();
    for (String line : response.body().split("\n")) {
      JsonNode tree = JSON.readTree(line);
      assertThat(lines.put(tree.path("patientId").asText(), tree)).as("twice").isNull();
    }
    return lines;
  }

  private static long records(String interaction, String urgency) throws Exception {
    return new Journal(directory)
        .lines().stream()
            .filter(line -> line.contains("\"interaction\":\"" + interaction + "\""))
            .filter(line -> line.contains("\"urgencyAsked\":\"" + urgency + "\""))
            .count();
  }

  private static double active() throws Exception {
    return hospital
        .operator
        .get("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_active_requests"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  private static String request(String body) {
    return "POST /patients/_batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static HttpResponse<String> ask(String body) throws Exception {
    return send("/patients/_batch", body, "application/json");
  }

  private static HttpResponse<String> send(String path, String body, String type) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + hospital.service.port() + path);
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(
          HttpRequest.newBuilder(uri)
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
