package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is refused before any source hears of it, and the record of it is kept. */
class BadRequestsIT {
  private static final String HOSTILE = "Ellison%3Cscript%3E";

  @TempDir static Path directory;
  private static StubHospital hospital;
  private static final Map<String, Relay> relays = new LinkedHashMap<>();
  private static Service service;
  private static Caller caller;
  private static Journal journal;

  @BeforeAll
  static void start() throws Exception {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    for (String source : new String[] {"ehr", "lab", "imaging", "pharmacy"}) {
      relays.put(source, new Relay(hospital.url(source)));
    }
    service =
        Service.start(
            TestSettings.of(directory, TestSettings.hospital(name -> relays.get(name).url())));
    caller = new Caller(service.port());
    journal = new Journal(directory);
  }

  /**
   * Each refusal looks for calls at the relays; here is the proof that they would have seen one.
   */
  @AfterAll
  static void stop() throws Exception {
    try {
      assertThat(caller.get("/patients/p-1001").status()).isEqualTo(200);
      for (Relay relay : relays.values()) {
        assertThat(relay.connections()).isNotEmpty();
      }
    } finally {
      service.close();
      hospital.close();
      for (Relay relay : relays.values()) {
        relay.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p_1001",
        "p-1001%20",
        "p-1001%00",
        "p-1001%0d%0aX-Evil:1",
        "p-1001;urgency=emergency",
        "p-1001%3Bx",
        "p%2B1",
        "p-1001%25",
        "%C5%81ukasiewicz",
        HOSTILE,
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      })
  void anIdOutsideItsAlphabetIsRefused(String id) throws Exception {
    Answered answered = caller.get("/patients/" + id + "?urgency=emergency");

    refused(answered, 400, "bad-id");
    assertThat(journal.of(answered.requestId()).path("patientId").isNull()).isTrue();
    assertThat(journal.of(answered.requestId()).at("/purpose/urgencyAsked").textValue())
        .isEqualTo("emergency");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urgency=",
        "urgency=NORMAL",
        "urgency=high",
        "urgency=" + HOSTILE,
        "urgency=normal&urgency=normal",
        "urgency=normal&urgency=emergency",
        "urgancy=emergency",
        "Urgency=emergency",
        "fields=" + HOSTILE,
        HOSTILE + "=1",
        "require=",
        "require=results,",
        "require=nothing",
        "require=results&require=imaging",
        "minSources=",
        "minSources=-1",
        "minSources=5",
        "minSources=1.5",
        "minSources=99999999999",
        "minSources=1&minSources=1"
      })
  void aParameterThatIsUnknownRepeatedOrHasAnotherValueIsRefused(String query) throws Exception {
    Answered answered = caller.get("/patients/p-1001?" + query);

    refused(answered, 400, "bad-parameter");
    assertThat(journal.of(answered.requestId()).path("patientId").textValue()).isEqualTo("p-1001");
    if (!query.startsWith("urgency")) {
      assertThat(journal.of(answered.requestId()).at("/purpose/urgencyAsked").textValue())
          .isEqualTo("normal");
    }
  }

  @Test
  void aRefusedRequestIsRecordedWithTheUrgencyThatItNamed() throws Exception {
    Answered legal = caller.get("/patients/p-1001?urgency=urgent&minSources=9");
    Answered illegal = caller.get("/patients/p-1001?urgency=urgent&urgency=normal");

    assertThat(journal.of(legal.requestId()).at("/purpose/urgencyAsked").textValue())
        .isEqualTo("urgent");
    assertThat(journal.of(illegal.requestId()).at("/purpose/urgencyAsked").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/patients",
        "/patients/",
        "/patients/p-1001/",
        "/patients/p-1001/results",
        "/Patients/p-1001",
        "/patients/p%2F1001",
        "/observe/metrics",
        "/observe/health/live",
        "/" + HOSTILE
      })
  void anyOtherPathIsNotFound(String path) throws Exception {
    Answered answered = caller.get(path);

    refused(answered, 404, "no-such-path");
    assertThat(journal.of(answered.requestId()).path("patientId").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"})
  void anyOtherMethodIsNotAllowed(String method) throws Exception {
    Answered answered = caller.send(method, "/patients/p-1001");

    refused(answered, 405, "method-not-allowed");
    assertThat(answered.header("Allow")).isEqualTo("GET");
    assertThat(journal.of(answered.requestId()).path("patientId").textValue()).isEqualTo("p-1001");
  }

  @Test
  void headGetsTheHeadersOfARefusalAndNoBodyThatWouldBeTakenForTheNextAnswer() throws Exception {
    String both =
        caller.sendRaw(
            """
            HEAD /patients/p-1001 HTTP/1.1\r
            Host: localhost\r
            X-Request-Id: head-1\r
            \r
            GET /nowhere HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            \r
            """);

    int second = both.indexOf("HTTP/1.1 404 ");
    assertThat(both.substring(0, second))
        .startsWith("HTTP/1.1 405 ")
        .contains("\r\nAllow: GET\r\n", "\r\nX-Request-Id: head-1\r\n")
        .endsWith("\r\n\r\n")
        .doesNotContain("{");
    assertThat(journal.of("head-1").path("httpStatus").intValue()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish\r\n\r\n",
        "GET /patients/p-1001\r\n\r\n",
        "GET /patients/p-1001 HTTP/1.0\r\n\r\n",
        "GET /patients/p-1001 HTTP/1.1\r\n\r\n",
        "GET /patients/p%zz1001 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /patients/p-1001?urgency=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\nbad header: 1\r\n\r\n",
        "POST /patients/p-1001 HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n"
      })
  void whatCannotBeReadIsRefusedWithoutRepeatingItAndRecorded(String bytes) throws Exception {
    assertEarlyRefusal(bytes, 400, "bad-request");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedBeforeItIsReadAndRecorded() throws Exception {
    assertEarlyRefusal(
        "POST /patients/p-1001 HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
        413,
        "too-large");
  }

  /** The server hangs up by itself, or reading to the end would fail. */
  private static void assertEarlyRefusal(String bytes, int status, String kind) throws Exception {
    String answer = caller.sendRaw(bytes);

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("Content-Type: application/problem+json\r\n", "Cache-Control: no-store\r\n")
        .contains("\"type\":\"urn:wholechart:problem:" + kind + "\"", "\"status\":" + status + ",")
        .doesNotContain("p-1001", "zz", "rubbish");
    String requestId = answer.replaceAll("(?s).*X-Request-Id: ([A-Za-z0-9-]+)\r\n.*", "$1");
    assertThat(answer).contains("\"requestId\":\"" + requestId + "\"");
    assertRecordedAndNoSourceCalled(requestId, status, kind);
  }

  @Test
  void aConnectionThatTheClientWantsClosedIsClosedAndItsBodyIsNotTakenForARequest()
      throws Exception {
    String smuggled = "GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\n\r\n";
    String answer =
        caller.sendRaw(
            "POST /patients/p-1002 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + smuggled.length()
                + "\r\n\r\n"
                + smuggled);

    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(answer).startsWith("HTTP/1.1 405 ").endsWith("}");
  }

  @Test
  void aBodyThatWaitsForLeaveIsNotWaitedFor() throws Exception {
    String answer =
        caller.sendRaw(
            """
            POST /patients/p-1001 HTTP/1.1\r
            Host: localhost\r
            Expect: 100-continue\r
            Content-Length: 10\r
            Connection: close\r
            \r
            """);

    assertThat(answer).startsWith("HTTP/1.1 405 ").doesNotContain("HTTP/1.1 100 ");
  }

  private static void refused(Answered answered, int status, String kind) throws IOException {
    Problems.assertProblem(answered, status, kind);
    assertThat(answered.body()).doesNotContainIgnoringCase("script", "evil", "ukasiewicz");
    assertRecordedAndNoSourceCalled(answered.requestId(), status, kind);
  }

  private static void assertRecordedAndNoSourceCalled(String requestId, int status, String kind) {
    for (Relay relay : relays.values()) {
      assertThat(relay.connections()).isEmpty();
    }
    var record = journal.of(requestId);
    assertThat(record.path("httpStatus").intValue()).isEqualTo(status);
    assertThat(record.path("problem").textValue()).isEqualTo(kind);
    assertThat(record.path("sources")).isEmpty();
    assertThat(record.path("completeness").isNull()).isTrue();
  }
}
