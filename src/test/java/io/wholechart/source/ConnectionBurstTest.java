package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionBurstTest {
  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aBurstOfCallsLeavesFewConnectionsBehind() throws Exception {
    int calls = 2 * Connections.MOST_IDLE;
    var everybodyIsThere = new CountDownLatch(calls);
    var upstream =
        new HttpUpstream(
            new Connections(ClientTls.usual(), Names.ofSystem(), AddressRule.usual(), calls),
            InstantSource.system());
    try (var server =
        new RawServer((_, out, _) -> {
          everybodyIsThere.countDown();
          everybodyIsThere.await();
          out.write(OK);
        })) {
      List<Thread> callers = new ArrayList<>();
      for (int call = 0; call < calls; call++) {
        callers.add(Thread.startVirtualThread(() -> ask(upstream, server)));
      }
      for (Thread caller : callers) {
        caller.join();
      }

      assertThat(server.connections).hasSize(calls);
      await().untilAsserted(() -> assertThat(server.open).hasValue(Connections.MOST_IDLE));
      ask(upstream, server);
      assertThat(server.connections).as("the ones that are left are used").hasSize(calls);
    }
  }

  private static void ask(HttpUpstream upstream, RawServer server) {
    try {
      var answer =
          upstream.read(new UpstreamRequest(server.url("/"), "*/*", 100, Intakes.of("burst")));
      assertThat(answer).isInstanceOf(UpstreamAnswer.Answered.class);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
