package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two readers frame in two ways. Each carries a second request, which must never be
 * served: one answer, a refusal, and the end of the connection.
 */
class SmugglingIT {
  /** What would be served if it were taken for a request; its answer has its id. */
  private static final String SECOND =
      "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-Id: smuggled\r\n\r\n";

  @TempDir static Path directory;
  private static Service service;
  private static Caller caller;
  private static Journal journal;

  @BeforeAll
  static void start() throws Exception {
    Settings settings =
        TestSettings.of(
            directory, Map.of("lab", TestSettings.lab("http://127.0.0.1:1"))); // nobody is there
    service = Service.start(settings);
    caller = new Caller(service.port());
    journal = new Journal(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: 0,5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding : chunked",
        " Transfer-Encoding: chunked",
        "Content-Length : 5",
        "X: 1\r\n Content-Length: 5",
        "X: 1\r\n\tContent-Length: 5",
        "X: 1\r\n folded",
        "X: 1\nContent-Length: 5",
        "X: 1\rContent-Length: 5",
        "X: 1\0Content-Length: 5",
        "X\0: 1",
        "X: \u0001",
        "X: \u007f",
        "X y: 1",
        "X",
        ": 1",
        "Host: b"
      })
  void whatCanBeReadInTwoWaysIsNotReadAtAll(String header) throws Exception {
    assertRefused("POST /patients/p-1 HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /patients/p-1 HTTP/1.1\nHost: a\n\n",
        "GET /patients/p-1 HTTP/1.1\rHost: a\r\r",
        "GET  /patients/p-1 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /patients/p-1  HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\t/patients/p-1\tHTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /patients/p-1\0 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /patients/p-1 HTTP/1.1 \r\nHost: a\r\n\r\n",
        "GET /patients/p-1 HTTP/1.2\r\nHost: a\r\n\r\n",
        "G\0ET /patients/p-1 HTTP/1.1\r\nHost: a\r\n\r\n"
      })
  void aRequestLineThatIsNotOneIsRefused(String head) throws Exception {
    assertRefused(head, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloXX0\r\n\r\n",
        "5\nhello\n0\n\n",
        "5;a=b\r\nhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "-1\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\n",
        "0\r\nX: trailer\r\n\r\n"
      })
  void chunksAreNotRead(String chunks) throws Exception {
    assertRefused(
        "POST /patients/_batch HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        411);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "chunked, identity", "xchunked", "identity", ""})
  void norIsAnyOtherCoding(String coding) throws Exception {
    assertRefused(
        "POST /patients/p-1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: " + coding + "\r\n\r\n", 411);
  }

  @Test
  void moreHeadersThanAreReadAreRefused() throws Exception {
    assertRefused(
        "GET /patients/p-1 HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n".repeat(101) + "\r\n", 400);
    assertRefused(
        "GET /patients/p-1 HTTP/1.1\r\nHost: a\r\nX: " + "1".repeat(17_000) + "\r\n\r\n", 400);
  }

  @Test
  void aUriThatIsTooLongIsRefused() throws Exception {
    assertRefused("GET /patients/" + "p".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
  }

  @Test
  void theSecondOfTwoWellFramedRequestsIsServed() throws Exception {
    String both =
        caller.sendRaw(
            "POST /patients/p-1 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                + SECOND.replace("Host: a", "Host: a\r\nConnection: close"));

    assertThat(both).startsWith("HTTP/1.1 405 ").contains("X-Request-Id: smuggled");
  }

  private static void assertRefused(String first, int status) throws Exception {
    String answer = caller.sendRaw(first + SECOND);

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\nConnection: close\r\n");
    assertThat(answer.split("HTTP/1\\.1 \\d", -1)).as("answers in %s", answer).hasSize(2);
    assertThat(answer).doesNotContain("smuggled");
    String id = answer.replaceAll("(?s).*X-Request-Id: ([A-Za-z0-9-]+)\r\n.*", "$1");
    assertThat(journal.of(id).path("httpStatus").intValue()).isEqualTo(status);
  }
}
