package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.source.UpstreamAnswer.Again;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n";

  private final UpstreamCaller caller = new UpstreamCaller(Optional.empty(), NOW);

  @Test
  void readsABodyWithItsMediaTypeCharsetAndTime() throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(
                OK + "Date: Sun, 22 Nov 2026 08:00:00 GMT\r\nContent-Length: 5\r\n\r\nhello"))) {
      var answer = (UpstreamAnswer.Answered) caller.get(server.url("/x"));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.mediaType()).isEqualTo("text/plain");
      assertThat(answer.charset()).isEqualTo("utf-8");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("hello");
      assertThat(answer.at()).isEqualTo("2026-11-22T08:00:00Z");
      assertThat(caller.attempts()).isOne();
    }
  }

  @Test
  void withoutADateTheAnswerIsAsOfItsArrival() throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + "Content-Length: 0\r\n\r\n"))) {
      var answer = (UpstreamAnswer.Answered) caller.get(server.url("/x"));

      assertThat(answer.at()).isEqualTo(NOW);
      assertThat(answer.body()).isEmpty();
    }
  }

  /** Wherever the first read of an answer ends: in the head, between both, in the body. */
  @ParameterizedTest
  @ValueSource(ints = {0, 900, 1000, 5000})
  void readsABodyBehindAHeadOfAnyLength(int least) throws Exception {
    String body = "0123456789".repeat(2000);
    for (int padding = least; padding < least + 100; padding++) {
      String head = OK + "X-Padding: " + "x".repeat(padding) + "\r\n";
      for (String rest :
          List.of(
              "Content-Length: " + body.length() + "\r\n\r\n" + body,
              "Transfer-Encoding: chunked\r\n\r\n4e20\r\n" + body + "\r\n0\r\n\r\n")) {
        try (var server = new RawServer(RawServer.saying(head + rest))) {
          for (int call = 0; call < 2; call++) {
            var answer = (UpstreamAnswer.Answered) caller.get(server.url("/x"));
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
          }
          assertThat(server.connections).as("kept for the second call").hasSize(1);
        }
      }
    }
  }

  @Test
  void readsAChunkedBody() throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(
                OK + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))) {
      var answer = (UpstreamAnswer.Answered) caller.get(server.url("/x"));

      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("abcde");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/Patient/p-1/$everything?_count=250",
        "/results?patient=p-1&x=a%20b%2Fc",
        "/fhir?_getpages=3f-1&_getpagesoffset=50&_pretty=true&_bundletype=searchset"
      })
  void aUrlLeavesAsItIsWritten(String path) throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + "Content-Length: 0\r\n\r\n"))) {
      caller.get(server.url(path));

      assertThat(server.requests).containsExactly("GET " + path + " HTTP/1.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, refused-redirect",
    "302, refused-redirect",
    "304, refused-redirect",
    "307, refused-redirect",
    "400, error",
    "401, auth-failed",
    "403, auth-failed",
    "405, error",
    "429, throttled",
    "500, error",
    "503, error",
    "504, error"
  })
  void aStatusIsAReason(int status, String reason) throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(
                "HTTP/1.1 "
                    + status
                    + " Secret\r\nLocation: http://169.254.169.254/\r\nContent-Length: 6\r\n\r\nsecret"))) {
      Failure failure = caller.failure(server.url("/x"));

      assertThat(failure.reason().key()).isEqualTo(reason);
      assertThat(failure.detail()).isEqualTo("answered HTTP " + status);
      assertThat(server.requests).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, false",
    "403, false",
    "429, false",
    "302, false",
    "500, true",
    "503, true"
  })
  void aServersFaultMayBeOverInAMoment(int status, boolean mayHelp) throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(
                "HTTP/1.1 " + status + " X\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"))) {
      var answer = (UpstreamAnswer.Broken) caller.get(server.url("/x"));

      assertThat(answer.again())
          .isEqualTo(mayHelp ? new Again.After(Duration.ofSeconds(3)) : new Again.Never());
    }
  }

  @Test
  void aRefusedConnectionIsUnreachable() throws Exception {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    assertThat(caller.failure("http://127.0.0.1:" + port + "/x").reason())
        .isEqualTo(FailureReason.UNREACHABLE);
  }

  @Test
  void anUnknownHostIsUnreachable() throws Exception {
    assertThat(caller.failure("http://no-such-host.invalid/x").reason())
        .isEqualTo(FailureReason.UNREACHABLE);
  }

  @Test
  void aConnectionThatIsClosedWithoutAWordIsAnError() throws Exception {
    try (var server = new RawServer((line, out, socket) -> socket.close())) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.ERROR);
    }
  }

  @Test
  void aResetConnectionIsAnError() throws Exception {
    try (var server =
        new RawServer((line, out, socket) -> {
          socket.setSoLinger(true, 0);
          socket.close();
        })) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lkjasdf;lkjasdf\r\nasdf\r\n\r\n",
        "\u0001\u0002\u0003\u00ff\u00fe garbage without end",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTQ",
        "<html>no status line</html>"
      })
  void garbageIsNoAnswer(String garbage) throws Exception {
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write(garbage.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          socket.close();
        })) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTT", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Len"})
  void aHeadThatBreaksOffIsAnError(String beginning) throws Exception {
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          socket.close();
        })) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\nonly this",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
      })
  void aBodyThatBreaksOffIsAnError(String rest) throws Exception {
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write((OK + rest).getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          socket.close();
        })) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 2000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n7d0\r\n"})
  void aBodyOverTheLimitIsNotRead(String headers) throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + headers + "x".repeat(2000) + "\r\n"))) {
      var answer = caller.read(server.url("/x"), 1000);

      assertThat(((UpstreamAnswer.Broken) answer).failure().reason())
          .isEqualTo(FailureReason.OVER_LIMIT);
    }
  }

  /** Where two readers could see two ends, the rest would be somebody's next answer. */
  @Test
  void aBodyWithTwoLengthsIsInvalid() throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(
                OK
                    + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\nok\r\n0\r\n\r\n"))) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.INVALID);
      assertThat(server.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The client would collect a gigabyte, or as much of it as there is memory. */
  @Test
  void aChunkOfAGigabyteIsNotCollected() throws Exception {
    byte[] piece = new byte[64 * 1024];
    var sent = new AtomicLong();
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write(
              (OK + "Transfer-Encoding: chunked\r\n\r\n40000000\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          for (int i = 0; i < 16 * 1024; i++) {
            out.write(piece); // fails as soon as the other side has had enough
            sent.addAndGet(piece.length);
          }
        })) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.OVER_LIMIT);
      assertThat(server.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(sent.get())
          .isLessThan(64L << 20); // a megabyte was allowed; the rest is in sockets
    }
  }

  @Test
  void aContentEncodingThatWasNotAskedForIsInvalid() throws Exception {
    try (var server =
        new RawServer(
            RawServer.saying(OK + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nzzzz"))) {
      assertThat(caller.failure(server.url("/x")).reason()).isEqualTo(FailureReason.INVALID);
    }
  }

  @Test
  void credentialsAreSent() throws Exception {
    var seen = new AtomicReference<String>();
    var authorized = new UpstreamCaller(Optional.of("Bearer abc"), NOW);
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = server.accept()) {
              byte[] buffer = new byte[4096];
              int n = socket.getInputStream().read(buffer);
              seen.set(new String(buffer, 0, n, StandardCharsets.US_ASCII));
              socket
                  .getOutputStream()
                  .write((OK + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
              seen.set(e.toString());
            }
          });
      authorized.get("http://127.0.0.1:" + server.getLocalPort() + "/x");
    }

    assertThat(seen.get()).containsIgnoringCase("Authorization: Bearer abc");
  }
}
