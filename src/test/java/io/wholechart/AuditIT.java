package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.audit.AuditVerifier;
import io.wholechart.hospital.Outage;
import io.wholechart.journal.Verification;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every answer has its record, and the record says who looked at what and what came of it. */
class AuditIT {
  private static final String[] ALL = {"ehr", "lab", "imaging", "pharmacy"};

  @TempDir static Path directory;
  private static HospitalService running;

  @BeforeAll
  static void start() throws Exception {
    running = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  @Test
  void theRecordOfAChartSaysWhoWhenWhoseHowUrgentAndWhatEachSourceGave() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    Answered answered =
        running.caller.send("GET", "/patients/p-1001?urgency=urgent", "X-Request-Id", "chart-1");
    JsonNode record = running.journal.of("chart-1");

    assertThat(record.at("/agent/name").textValue()).isEqualTo("anonymous");
    assertThat(Instant.parse(record.path("at").textValue())).isBetween(before, Instant.now());
    assertThat(record.path("patientId").textValue()).isEqualTo("p-1001");
    assertThat(record.at("/purpose/urgencyAsked").textValue()).isEqualTo("urgent");
    assertThat(record.path("interaction").textValue()).isEqualTo("patient-read");
    assertThat(record.path("httpStatus").intValue()).isEqualTo(200);
    assertThat(record.path("completeness").doubleValue()).isEqualTo(1.0);
    assertThat(record.path("problem").isNull()).isTrue();
    assertSourcesAsAnswered(record, answered);
  }

  @Test
  void anAccessIsRecordedBeforeItIsMadeAndAfterItEnded() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    Answered answered =
        running.caller.send(
            "GET",
            "/patients/p-1001?urgency=emergency",
            "X-Request-Id",
            "two",
            "traceparent",
            trace);
    JsonNode outcome = running.journal.of("two");
    await("the end").until(() -> running.journal.around(outcome).size() == 3);
    JsonNode intent = running.journal.around(outcome).getFirst();
    JsonNode ended = running.journal.around(outcome).getLast();

    for (JsonNode record : List.of(intent, outcome)) {
      assertThat(record.path("requestId").asText()).isEqualTo("two");
      assertThat(record.path("patientId").asText()).isEqualTo("p-1001");
      assertThat(record.path("traceId").asText()).isEqualTo(trace.substring(3, 35));
      assertThat(record.at("/agent/address").asText()).isEqualTo("127.0.0.1");
      assertThat(record.at("/purpose/purposeOfUse").asText()).isEqualTo("ETREAT");
      assertThat(record.at("/purpose/urgencyGranted").asText()).isEqualTo("emergency");
    }
    assertThat(intent.path("mono").asLong()).isLessThan(outcome.path("mono").asLong());
    assertThat(ended.path("how").asText()).isEqualTo("delivered");
    assertThat(ended.path("bytes").asInt()).isEqualTo(answered.body().getBytes(UTF_8).length);
    assertThat(answered.header("X-Audit-Receipt"))
        .startsWith(
            outcome.path("node").asText() + ";seq=" + outcome.path("seq").asText() + ";size=");
  }

  @Test
  void theRecordHoldsTheDigestOfTheBytesThatWereAnswered() throws Exception {
    for (String path :
        List.of(
            "/patients/p-1001",
            "/patients/p-9999",
            "/patients/p_1",
            "/fhir/Patient/p-1001/$everything?_count=20",
            "/fhir/Patient/p-1001/$summary",
            "/fhir/Patient/p-1001?_format=xml",
            "/fhir/Patient?identifier=p-1001")) {
      Answered answered = running.get(path);
      JsonNode record = running.journal.of(answered.requestId());
      assertThat(record.path("digest").asText())
          .as(path)
          .isEqualTo(sha256(answered.body().getBytes(UTF_8)));
      assertThat(record.path("bytes").asInt())
          .as(path)
          .isEqualTo(answered.body().getBytes(UTF_8).length);
    }
  }

  @Test
  void theRecordCountsBySectionAndSaysWhatCameFromEachSource() throws Exception {
    JsonNode record = recordOf(running.getWhile(Outage.DOWN, "/patients/p-1001", "imaging"), 200);

    assertThat(record.at("/sections/allergies").asInt()).isPositive();
    assertThat(record.path("outcome").asText()).isEqualTo("4");
    JsonNode lab = record.at("/sources/1");
    assertThat(lab.path("httpStatus").asInt()).isEqualTo(200);
    assertThat(lab.path("bytes").asLong()).isPositive();
    assertThat(lab.path("digest").asText()).matches("[0-9a-f]{64}");
    assertThat(lab.path("notContacted").isNull()).isTrue();
    JsonNode imaging = record.at("/sources/2");
    assertThat(imaging.path("httpStatus").isNull()).isTrue();
    assertThat(imaging.path("digest").isNull()).isTrue();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void theRecordOfAPartOfAChartSaysWhatWasMissing() throws Exception {
    Answered answered =
        running.getWhile(Outage.HANG, "/patients/p-1001?urgency=emergency", "imaging");
    JsonNode record = running.journal.of(answered.requestId());

    assertThat(answered.status()).isEqualTo(200);
    assertThat(record.path("completeness").doubleValue()).isEqualTo(0.75);
    assertThat(outcomes(record)).containsExactly("ok", "ok", "timeout", "ok");
    // The source's share begins when the intent has been handed over; the deadline began before.
    assertThat(answered.elapsedMs()).isGreaterThanOrEqualTo(2000);
    assertThat(record.at("/sources/2/elapsedMs").intValue()).isGreaterThanOrEqualTo(1900);
    assertThat(record.at("/sources/2/entries").intValue()).isZero();
    assertSourcesAsAnswered(record, answered);
  }

  @Test
  void whatWasWithheldAsAnothersIsNotRecordedAsDisclosed() throws Exception {
    Answered answered = running.getWhile(Outage.WRONG_PATIENT, "/patients/p-1001", "lab");
    JsonNode record = running.journal.of(answered.requestId());

    assertThat(outcomes(record)).containsExactly("ok", "identity-mismatch", "ok", "ok");
    assertThat(record.at("/sources/1/entries").intValue()).isZero();
  }

  @Test
  void aChartThatWasNotShownIsRecordedWithWhatTheSourcesGave() throws Exception {
    String path = "/patients/p-1001?require=imaging";
    JsonNode record = recordOf(running.getWhile(Outage.DOWN, path, "imaging"), 503);

    assertThat(record.path("problem").textValue()).isEqualTo("required-section-missing");
    assertThat(record.path("patientId").textValue()).isEqualTo("p-1001");
    assertThat(record.path("completeness").doubleValue()).isEqualTo(0.75);
    assertThat(outcomes(record)).containsExactly("ok", "ok", "unreachable", "ok");
  }

  @Test
  void noSourceUsableIsRecorded() throws Exception {
    JsonNode record =
        recordOf(running.getWhile(Outage.DOWN, "/patients/p-1001?urgency=urgent", ALL), 503);

    assertThat(record.path("problem").textValue()).isEqualTo("no-source-usable");
    assertThat(record.path("completeness").doubleValue()).isZero();
    assertThat(record.at("/purpose/urgencyAsked").textValue()).isEqualTo("urgent");
    assertThat(outcomes(record)).containsOnly("unreachable").hasSize(4);
  }

  @Test
  void everySourceTooLateIsRecorded() throws Exception {
    Answered answered = running.getWhile(Outage.HANG, "/patients/p-1001?urgency=emergency", ALL);
    JsonNode record = recordOf(answered, 504);

    assertThat(answered.elapsedMs()).isGreaterThanOrEqualTo(2000);
    assertThat(record.path("problem").textValue()).isEqualTo("all-sources-timed-out");
    assertThat(record.at("/purpose/urgencyAsked").textValue()).isEqualTo("emergency");
    assertThat(outcomes(record)).containsOnly("timeout").hasSize(4);
    for (JsonNode source : record.path("sources")) {
      assertThat(source.path("elapsedMs").intValue()).isGreaterThanOrEqualTo(1900);
    }
  }

  @Test
  void refusalsAreRecordedAsNoReadOfAnySource() throws Exception {
    Map<String, Answered> refused = new HashMap<>();
    refused.put("bad-id", running.get("/patients/p_1001"));
    refused.put("bad-parameter", running.get("/patients/p-1001?urgency=high"));
    refused.put("no-such-path", running.get("/patient/p-1001"));
    refused.put("method-not-allowed", running.caller.send("DELETE", "/patients/p-1001"));

    refused.forEach((kind, answered) -> {
      JsonNode record = recordOf(answered, answered.status());
      assertThat(answered.status()).isIn(400, 404, 405);
      assertThat(record.path("problem").textValue()).isEqualTo(kind);
      assertThat(record.at("/agent/name").textValue()).isEqualTo("anonymous");
      assertThat(record.path("sources")).isEmpty();
      assertThat(record.path("completeness").isNull()).isTrue();
    });
    assertThat(interaction(refused.get("bad-id"))).isEqualTo("patient-read");
    assertThat(interaction(refused.get("no-such-path"))).isEqualTo("none");
    assertThat(interaction(refused.get("method-not-allowed"))).isEqualTo("none");
  }

  @Test
  void ofManyAnswersAtOnceEachHasExactlyOneRecordAndTheChainHolds() throws Exception {
    List<String> paths =
        List.of("/patients/p-1007", "/patients/p-9999", "/patients/p_1", "/nowhere");
    List<Callable<Answered>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String path = paths.get(i % paths.size());
      String requestId = "burst-" + i;
      calls.add(() -> running.caller.send("GET", path, "X-Request-Id", requestId));
    }
    Map<String, Integer> answers = new ConcurrentHashMap<>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Answered> answered : threads.invokeAll(calls)) {
        answers.put(answered.get().requestId(), answered.get().status());
      }
    }

    Map<String, Integer> recorded = new HashMap<>();
    for (JsonNode record : running.journal.records()) {
      String requestId = record.path("requestId").textValue();
      if (requestId.startsWith("burst-")) {
        assertThat(recorded.put(requestId, record.path("httpStatus").intValue())).isNull();
      }
    }
    assertThat(answers).hasSize(100);
    assertThat(recorded).isEqualTo(answers);
    assertThat(AuditVerifier.verify(directory)).isInstanceOf(Verification.Whole.class);
  }

  private static JsonNode recordOf(Answered answered, int status) {
    assertThat(answered.status()).isEqualTo(status);
    JsonNode record = running.journal.of(answered.requestId());
    assertThat(record.path("httpStatus").intValue()).isEqualTo(status);
    return record;
  }

  private static String interaction(Answered answered) {
    return running.journal.of(answered.requestId()).path("interaction").textValue();
  }

  private static List<String> outcomes(JsonNode record) {
    List<String> outcomes = new ArrayList<>();
    record.path("sources").forEach(source -> outcomes.add(source.path("outcome").textValue()));
    return outcomes;
  }

  /** What the caller was told of each source is what the record says of it. */
  private static void assertSourcesAsAnswered(JsonNode record, Answered answered) {
    JsonNode told = answered.json().path("sourceStatus");
    assertThat(record.path("sources")).hasSameSizeAs(told);
    for (int i = 0; i < told.size(); i++) {
      JsonNode source = record.path("sources").get(i);
      assertThat(source.path("source")).isEqualTo(told.get(i).path("source"));
      assertThat(source.path("outcome")).isEqualTo(told.get(i).path("status"));
      assertThat(source.path("elapsedMs")).isEqualTo(told.get(i).path("elapsedMs"));
      assertThat(source.path("attempts")).isEqualTo(told.get(i).path("attempts"));
      assertThat(source.path("entries")).isEqualTo(told.get(i).path("entries"));
    }
  }
}
