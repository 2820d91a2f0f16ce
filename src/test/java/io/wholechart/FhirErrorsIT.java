package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the FHIR routes every error is an OperationOutcome, and the table of statuses is the same. */
class FhirErrorsIT {
  private static final String EVERYTHING = "/fhir/Patient/p-1001/$everything";

  @TempDir static Path directory;
  private static HospitalService service;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /fhir/Patient/p_1/$everything               | 400 | value         | bad-id",
        "GET    | /fhir/Patient/p-1;x=1/$everything           | 400 | value         | bad-id",
        "GET    | /fhir/Patient/p-1001/$everything?urgancy=x  | 400 | value         | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_type=Allergy | 400 | value      | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_type=     | 400 | value         | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_count=0   | 400 | value         | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_count=1001 | 400 | value        | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_since=soon | 400 | value        | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?start=1&start=2 | 400 | value    | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_summary=true | 400 | value      | bad-parameter",
        "GET    | /fhir/Patient/p-1001/$everything?_cursor=x  | 410 | not-found     | page-gone",
        "GET    | /fhir/Patient/p-9999/$everything            | 404 | not-found     | patient-not-found",
        "GET    | /fhir/Patient/p-1001/$everything?_format=ttl | 406 | not-supported | not-acceptable",
        "DELETE | /fhir/Patient/p-1001/$everything            | 405 | not-supported | method-not-allowed",
        "POST   | /fhir/metadata                              | 405 | not-supported | method-not-allowed",
        "GET    | /fhir/metadata?mode=full                    | 400 | value         | bad-parameter",
        "GET    | /fhir                                       | 404 | not-found     | no-such-path",
        "GET    | /fhir/Observation/ehr.1                     | 404 | not-found     | no-such-path",
        "GET    | /fhir/Patient/p-1001/$nothing               | 404 | not-found     | no-such-path",
      })
  void isAnOperationOutcome(String method, String path, int status, String code, String problem)
      throws Exception {
    Answered answered = service.caller.send(method, path);

    assertThat(answered.status()).isEqualTo(status);
    assertOutcome(answered, code, problem);
    assertThat(service.journal.of(answered.requestId()).path("problem").asText())
        .isEqualTo(problem);
  }

  @Test
  void soIsThatNoSourceCanBeUsed() throws Exception {
    String[] all = {"ehr", "lab", "imaging", "pharmacy"};
    Answered down = service.getWhile(Outage.DOWN, EVERYTHING + "?urgency=emergency", all);
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.header("Retry-After")).isNotEmpty();
    assertOutcome(down, "transient", "no-source-usable");

    Answered hung = service.getWhile(Outage.HANG, EVERYTHING + "?urgency=emergency", all);
    assertThat(hung.status()).isEqualTo(504);
    assertOutcome(hung, "timeout", "all-sources-timed-out");
  }

  @Test
  void soIsWhatTheCallerCannotDoWithout() throws Exception {
    Answered answered = service.getWhile(Outage.DOWN, EVERYTHING + "?require=imaging", "imaging");
    assertThat(answered.status()).isEqualTo(503);
    assertOutcome(answered, "incomplete", "required-section-missing");
  }

  @Test
  void soIsWhatTheServerRefusesByItself() throws Exception {
    String answered =
        service.caller.sendRaw(
            "POST "
                + EVERYTHING
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nConnection: close\r\n\r\n"
                + "x".repeat(100_000));
    assertThat(answered).startsWith("HTTP/1.1 413").contains("\"OperationOutcome\"");
  }

  @Test
  void anywhereElseItStaysAProblem() throws Exception {
    assertThat(service.get("/fhirx").header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(service.get("/patients/p_1").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  @Test
  void nothingThatTheCallerSentIsRepeated() throws Exception {
    String name = "Elizabeth-Secret";
    for (String path :
        new String[] {
          "/fhir/" + name,
          "/fhir/Patient/" + name + "_/$everything",
          EVERYTHING + "?" + name + "=1",
          EVERYTHING + "?_type=" + name,
          EVERYTHING + "?_cursor=" + name,
          EVERYTHING + "?_format=" + name
        }) {
      assertThat(service.get(path).body()).as(path).doesNotContain("Secret");
    }
  }

  private static void assertOutcome(Answered answered, String code, String problem) {
    JsonNode outcome = answered.json();
    assertThat(answered.header("Content-Type")).isEqualTo("application/fhir+json;charset=UTF-8");
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(outcome.path("id").asText()).isEqualTo(answered.requestId());
    assertThat(outcome.at("/issue/0/severity").asText()).isEqualTo("error");
    assertThat(outcome.at("/issue/0/code").asText()).isEqualTo(code);
    assertThat(outcome.at("/issue/0/details/coding/0/code").asText()).isEqualTo(problem);
  }
}
