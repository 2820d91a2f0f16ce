package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract's table of answers, row by row. */
class PatientApiIT {
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
  void theWholeChartHasTheseFieldsAndHeaders() throws Exception {
    Answered answered = running.caller.send("GET", "/patients/p-1001", "X-Request-Id", "whole-1");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).isEqualTo("application/json");
    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answered.header("X-Request-Id")).isEqualTo("whole-1");
    assertThat(answered.response().headers().map())
        .containsOnlyKeys(
            "date",
            "content-type",
            "content-length",
            "cache-control",
            "connection",
            "x-access-mode",
            "x-audit-receipt",
            "x-completeness",
            "x-request-id");

    JsonNode chart = answered.json();
    assertThat(names(chart))
        .containsExactly(
            "patientId",
            "requestId",
            "urgency",
            "isComplete",
            "completeness",
            "responseTime",
            "sources",
            "failures",
            "sourceStatus",
            "sections",
            "conflicts",
            "data");
    assertThat(chart.path("patientId").textValue()).isEqualTo("p-1001");
    assertThat(chart.path("requestId").textValue()).isEqualTo("whole-1");
    assertThat(chart.path("urgency").textValue()).isEqualTo("normal");
    assertThat(chart.path("isComplete").booleanValue()).isTrue();
    assertThat(chart.path("completeness").doubleValue()).isEqualTo(1.0);
    assertThat(chart.path("responseTime").isIntegralNumber()).isTrue();
    assertThat(chart.path("sources")).extracting(JsonNode::textValue).containsExactly(ALL);
    assertThat(chart.path("failures").isArray()).isTrue();
    assertThat(chart.path("failures")).isEmpty();
  }

  @Test
  void everySourceSaysHowItDid() throws Exception {
    JsonNode statuses = running.get("/patients/p-1001").json().path("sourceStatus");

    assertThat(statuses).extracting(s -> s.path("source").textValue()).containsExactly(ALL);
    for (JsonNode status : statuses) {
      assertThat(names(status))
          .containsExactly("source", "status", "elapsedMs", "attempts", "entries", "asOf");
      assertThat(status.path("status").textValue()).isEqualTo("ok");
      assertThat(status.path("elapsedMs").isIntegralNumber()).isTrue();
      assertThat(status.path("attempts").intValue()).isEqualTo(1);
      assertThat(status.path("entries").intValue()).isPositive();
      assertThat(Instant.parse(status.path("asOf").textValue())).isBefore(Instant.now());
    }
  }

  @Test
  void everyConfiguredSectionIsThereInSectionsAndInData() throws Exception {
    JsonNode chart = running.get("/patients/p-1013").json();

    List<String> sections = names(chart.path("sections"));
    assertThat(sections)
        .containsExactly(
            "patient",
            "allergies",
            "conditions",
            "medications",
            "results",
            "imaging",
            "encounters",
            "immunizations",
            "procedures",
            "documents");
    for (JsonNode section : chart.path("sections")) {
      assertThat(names(section)).containsExactly("state", "expected", "answered");
      assertThat(section.path("answered")).isEqualTo(section.path("expected"));
    }
    assertThat(chart.at("/sections/imaging/state").textValue()).isEqualTo("none-recorded");
    assertThat(chart.at("/data/imaging").isArray()).isTrue();
    assertThat(chart.at("/data/imaging")).isEmpty();
    List<String> data = new ArrayList<>(sections);
    data.add("other");
    assertThat(names(chart.path("data"))).isEqualTo(data);
  }

  @Test
  void anEntryHasItsResourceItsSourcesAndItsTime() throws Exception {
    JsonNode data = running.get("/patients/p-1001").json().path("data");

    for (String section : List.of("allergies", "results", "imaging", "encounters")) {
      for (JsonNode entry : data.path(section)) {
        assertThat(names(entry)).startsWith("resource", "sources", "asOf");
        assertThat(entry.at("/resource/resourceType").textValue()).isNotBlank();
        assertThat(entry.path("sources")).isNotEmpty();
        assertThat(Instant.parse(entry.path("asOf").textValue())).isBefore(Instant.now());
      }
    }
    assertThat(names(data.path("patient")))
        .containsExactly("resource", "sources", "asOf", "also", "conflicts");
  }

  @Test
  void whatIsMissingIsNamedInHeaderSourcesFailuresAndSections() throws Exception {
    Answered answered =
        running.getWhile(Outage.DOWN, "/patients/p-1001?urgency=urgent", "imaging", "pharmacy");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).isEqualTo("0.5; missing=\"imaging,pharmacy\"");
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    JsonNode chart = answered.json();
    assertThat(chart.path("urgency").textValue()).isEqualTo("urgent");
    assertThat(chart.path("isComplete").booleanValue()).isFalse();
    assertThat(chart.path("completeness").doubleValue()).isEqualTo(0.5);
    assertThat(chart.path("sources")).extracting(JsonNode::textValue).containsExactly("ehr", "lab");
    assertThat(chart.path("failures").toString())
        .isEqualTo(
            """
            [{"source":"imaging","reason":"unreachable","message":"imaging refused the connection"},\
            {"source":"pharmacy","reason":"unreachable","message":"pharmacy refused the connection"}]\
            """);
    assertThat(chart.at("/sections/imaging").toString())
        .isEqualTo("{\"state\":\"unknown\",\"expected\":[\"imaging\"],\"answered\":[]}");
    assertThat(chart.at("/sections/medications").toString())
        .isEqualTo(
            "{\"state\":\"incomplete\",\"expected\":[\"ehr\",\"pharmacy\"],\"answered\":[\"ehr\"]}");
    assertThat(chart.at("/sections/allergies/state").textValue()).isEqualTo("present");
  }

  @Test
  void aSectionThatIsRequiredAndNotWholeIsA503ThatNamesIt() throws Exception {
    String path = "/patients/p-1001?require=results,imaging,medications";
    Answered answered = running.getWhile(Outage.DOWN, path, "imaging", "pharmacy");

    assertProblem(answered, 503, "required-section-missing");
    assertThat(answered.json().path("sections"))
        .extracting(JsonNode::textValue)
        .containsExactly("medications", "imaging");
    assertThat(answered.header("Retry-After")).isEqualTo("2");
    assertThat(running.get(path).status()).isEqualTo(200);
  }

  @Test
  void fewerSourcesThanRequiredIsA503ThatNamesTheMissing() throws Exception {
    String path = "/patients/p-1001?minSources=4";
    Answered answered = running.getWhile(Outage.DOWN, path, "lab");

    assertProblem(answered, 503, "too-few-sources");
    assertThat(answered.json().path("missing"))
        .extracting(JsonNode::textValue)
        .containsExactly("lab");
    assertThat(answered.header("Retry-After")).isEqualTo("2");
    assertThat(running.getWhile(Outage.DOWN, "/patients/p-1001?minSources=3", "lab").status())
        .isEqualTo(200);
    assertThat(running.get(path).status()).isEqualTo(200);
  }

  @Test
  void everySourceTooLateIsA504() throws Exception {
    Answered answered =
        running.getWhile(Outage.HANG, "/patients/p-1001?urgency=emergency&minSources=4", ALL);

    assertProblem(answered, 504, "all-sources-timed-out");
    assertThat(answered.json().path("missing"))
        .extracting(JsonNode::textValue)
        .containsExactly(ALL);
  }

  @Test
  void noSourceUsableIsA503ThatSaysWhenToTryAgain() throws Exception {
    Answered answered = running.getWhile(Outage.HTML_LOGIN, "/patients/p-1001", ALL);

    assertProblem(answered, 503, "no-source-usable");
    assertThat(answered.header("Retry-After")).isEqualTo("2");
    assertThat(answered.json().path("missing"))
        .extracting(JsonNode::textValue)
        .containsExactly(ALL);
    assertThat(answered.body()).doesNotContainIgnoringCase("<html", "login");
  }

  @Test
  void oneHungAndTheOthersDownIsNotATimeout() throws Exception {
    running.hospital.outage("lab", Outage.HANG);
    Answered answered =
        running.getWhile(
            Outage.DOWN, "/patients/p-1001?urgency=emergency", "ehr", "imaging", "pharmacy");

    assertProblem(answered, 503, "no-source-usable");
  }

  @Test
  void aPatientWhomNobodyKnowsIsA404() throws Exception {
    assertProblem(running.get("/patients/p-9999"), 404, "patient-not-found");
  }

  @Test
  void aPatientWhomNobodyKnowsWhileASourceIsSilentIsNotCalledUnknown() throws Exception {
    Answered answered = running.getWhile(Outage.DOWN, "/patients/p-9999", "pharmacy");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().at("/sections/medications/state").textValue()).isEqualTo("unknown");
    assertThat(answered.json().at("/sections/allergies/state").textValue())
        .isEqualTo("none-recorded");
  }

  @Test
  void aLegalRequestIdComesBackAndAnyOtherIsReplaced() throws Exception {
    for (String legal : List.of("a", "A-9", "x".repeat(64))) {
      assertThat(answeredId(legal)).isEqualTo(legal);
    }
    for (String illegal : List.of("x".repeat(65), "a b", "p_1", "\u00fc", "a;b", "<i>")) {
      assertThat(answeredId(illegal)).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }
    assertThat(running.get("/patients/p-9999").requestId())
        .isNotEqualTo(running.get("/patients/p-9999").requestId());
  }

  private static String answeredId(String sent) throws Exception {
    Answered answered = running.caller.send("GET", "/patients/p-9999", "X-Request-Id", sent);
    assertThat(answered.json().path("requestId").textValue()).isEqualTo(answered.requestId());
    return answered.requestId();
  }

  private static void assertProblem(Answered answered, int status, String kind) {
    Problems.assertProblem(answered, status, kind);
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
