package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connection is used again, and which never. */
class ConnectionsTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=UTF-8\r\n";

  private final UpstreamCaller caller =
      new UpstreamCaller(Optional.empty(), Instant.parse("2026-11-23T10:00:00Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\nok",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n"
      })
  void aConnectionIsUsedAgain(String answer) throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + answer))) {
      caller.get(server.url("/one"));
      caller.get(server.url("/two"));
      caller.get(server.url("/three"));

      assertThat(server.requests).hasSize(3);
      assertThat(server.connections).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: close\r\nContent-Length: 2\r\n\r\nok",
        "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
      })
  void aConnectionThatTheSourceWantsToEndIsNotUsedAgain(String answer) throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + answer))) {
      caller.get(server.url("/one"));
      caller.get(server.url("/two"));

      assertThat(server.connections).hasSize(2);
    }
  }

  /** A 204 has no body, so nothing is waited for (RFC 9110, section 15.3.5). */
  @Test
  void noContentInChunksIsEmpty() throws Exception {
    String answer = "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (var server = new RawServer(RawServer.saying(answer))) {
      assertThat(caller.get(server.url("/one")))
          .isInstanceOfSatisfying(
              UpstreamAnswer.Answered.class, answered -> assertThat(answered.body()).isEmpty());
    }
  }

  /** A reader that lives as long as its connection keeps every byte that ever came over it. */
  @Test
  void whatAnAnswerWasReadFromIsLetGo() throws Exception {
    var connections = new Connections(ClientTls.usual(), Names.ofSystem(), AddressRule.usual(), 10);
    try (var server = new RawServer(RawServer.saying(OK))) {
      var origin = Connection.Origin.of(URI.create(server.url("/one")));
      Connection connection = connections.open(origin);
      DataReader reader = connection.reader();
      connection.begin(100);
      connection.takeBody(0, true);
      connections.giveBack(connection);

      Connection kept = connections.kept(origin).orElseThrow();
      assertThat(kept).isSameAs(connection);
      assertThat(kept.reader()).isNotSameAs(reader);
      kept.close();
    }
  }

  @Test
  void aConnectionThatTheSourceHungUpIsNotUsedAgain() throws Exception {
    var hungUp = new CountDownLatch(1);
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write((OK + "Content-Length: 2\r\n\r\nok").getBytes(StandardCharsets.US_ASCII));
          out.flush();
          socket.close();
          hungUp.countDown();
        })) {
      caller.get(server.url("/one"));
      assertThat(hungUp.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(caller.get(server.url("/two"))).isInstanceOf(UpstreamAnswer.Answered.class);
    }
  }

  /** The source hangs up between our look at the connection and its next request. */
  @Test
  void hangingUpOnAConnectionThatWasIdleIsNoFailure() throws Exception {
    var first = new AtomicReference<Socket>();
    try (var server =
        new RawServer((line, out, socket) -> {
          if (first.compareAndSet(null, socket)
              || !line.contains("/two")
              || first.get() != socket) {
            out.write((OK + "Content-Length: 2\r\n\r\nok").getBytes(StandardCharsets.US_ASCII));
          } else {
            socket.close();
          }
        })) {
      caller.get(server.url("/one"));

      assertThat(caller.get(server.url("/two"))).isInstanceOf(UpstreamAnswer.Answered.class);
      assertThat(server.requests).hasSize(3);
    }
  }

  @Test
  void hangingUpAgainIsAFailure() throws Exception {
    try (var server =
        new RawServer((line, out, socket) -> {
          if (line.contains("/one")) {
            out.write((OK + "Content-Length: 2\r\n\r\nok").getBytes(StandardCharsets.US_ASCII));
          } else {
            socket.close();
          }
        })) {
      caller.get(server.url("/one"));

      assertThat(caller.failure(server.url("/two")).reason()).isEqualTo(FailureReason.ERROR);
      assertThat(server.requests).hasSize(3);
    }
  }

  /** What nobody asked for is nobody's answer: it might be about somebody else. */
  @ParameterizedTest
  @ValueSource(strings = {"at once", "later"})
  void anAnswerThatNobodyAskedForIsNotTheNextOnes(String when) throws Exception {
    String stray = OK + "Content-Length: 5\r\n\r\nstray";
    var isRead = new CountDownLatch(1);
    var isSent = new CountDownLatch(1);
    try (var server =
        new RawServer((line, out, socket) -> {
          String right = OK + "Content-Length: 5\r\n\r\nright";
          if (line.contains("/one") && when.equals("at once")) {
            right += stray;
          }
          out.write(right.getBytes(StandardCharsets.US_ASCII));
          out.flush();
          if (line.contains("/one") && when.equals("later")) {
            isRead.await();
            out.write(stray.getBytes(StandardCharsets.US_ASCII));
            out.flush();
          }
          isSent.countDown();
        })) {
      caller.get(server.url("/one"));
      isRead.countDown();
      assertThat(isSent.await(10, TimeUnit.SECONDS)).isTrue();

      var next = (UpstreamAnswer.Answered) caller.get(server.url("/two"));

      assertThat(new String(next.body(), StandardCharsets.US_ASCII)).isEqualTo("right");
      assertThat(server.connections).hasSize(2);
    }
  }

  @Test
  void anInterruptClosesTheConnectionThatHangs() throws Exception {
    var asked = new CountDownLatch(1);
    try (var server = new RawServer((line, out, socket) -> asked.countDown())) {
      assertInterruptIsSeen(server, asked);
    }
  }

  @Test
  void anInterruptClosesTheConnectionThatDrips() throws Exception {
    var dripping = new CountDownLatch(1);
    try (var server =
        new RawServer((line, out, socket) -> {
          out.write((OK + "Content-Length: 100000\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          while (true) {
            out.write('.'); // ends when the other side has gone
            out.flush();
            dripping.countDown();
            Thread.onSpinWait();
          }
        })) {
      assertInterruptIsSeen(server, dripping);
    }
  }

  @Test
  void whoIsTooLateLeavesTheOthersTheirConnections() throws Exception {
    try (var server = new RawServer(RawServer.saying(OK + "Content-Length: 2\r\n\r\nok"))) {
      caller.get(server.url("/one"));
      var late =
          new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            return caller.readHere(server.url("/late"), 100);
          });
      Thread.ofVirtual().start(late).join();
      caller.get(server.url("/two"));

      assertThatThrownBy(late::get).hasCauseInstanceOf(InterruptedException.class);
      assertThat(server.requests).hasSize(2);
      assertThat(server.connections.getFirst().isClosed()).isFalse();
    }
  }

  @RepeatedTest(10)
  void aConnectionThatWasCutOffIsNeverUsedAgain() throws Exception {
    var asked = new CountDownLatch(1);
    try (var server =
        new RawServer((line, out, socket) -> {
          if (line.contains("/hang")) {
            asked.countDown();
          } else {
            out.write((OK + "Content-Length: 2\r\n\r\nok").getBytes(StandardCharsets.US_ASCII));
          }
        })) {
      caller.get(server.url("/warm"));
      assertInterruptIsSeen(server, asked);
      caller.get(server.url("/next"));

      assertThat(server.connections).hasSize(2);
    }
  }

  private void assertInterruptIsSeen(RawServer server, CountDownLatch underWay) throws Exception {
    var outcome = new AtomicReference<Object>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.set(caller.readHere(server.url("/hang"), 1_000_000));
              } catch (InterruptedException e) {
                outcome.set(e);
              }
            });
    assertThat(underWay.await(10, TimeUnit.SECONDS)).isTrue();
    reader.interrupt();
    reader.join();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(server.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
