package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.webserver.WebServer;
import io.wholechart.admission.Admission;
import io.wholechart.admission.AdmissionSettings;
import io.wholechart.admission.Entry;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditSettings;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Urgency;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place is held until its request has left, however that went. */
class OverloadIT {
  private static final SocketSettings ANY_PORT = new SocketSettings("127.0.0.1", 0, null);
  private static final EdgeSettings EDGE =
      new EdgeSettings(
          100,
          4096,
          16_384,
          100,
          65_536,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ZERO);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path directory;

  @Test
  void aPlaceIsHeldToTheEndOfItsRequestAndNoLonger() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    try (var metrics = new Metrics(List.of());
        var audit = AuditLog.open(new AuditSettings(directory), metrics)) {
      var settings = new AdmissionSettings(4, 2, 1, SHORT, SHORT);
      var turns = new Turns(new Admission(settings, metrics, System::nanoTime));
      var refusals =
          new Refusals(new AuditedAnswers(new AuditTrail(audit), metrics), Clock.systemUTC());
      var prepared =
          Listener.prepare("server", ANY_PORT, EDGE, metrics, refusals::early)
              .routing(
                  Listener.routing()
                      .addFilter(turns)
                      .get(
                          "/held",
                          (_, response) -> {
                            boolean isIn =
                                turns.enter(Urgency.NORMAL, SHORT) instanceof Entry.Admitted;
                            entered.countDown();
                            leave.await();
                            response.send(isIn ? "in" : "shed");
                          })
                      .get(
                          "/failing",
                          (_, _) -> {
                            var _ = turns.enter(Urgency.NORMAL, SHORT);
                            throw new IllegalStateException("a bug");
                          })
                      .get(
                          "/next",
                          (_, response) ->
                              response.send(
                                  turns.enter(Urgency.NORMAL, SHORT) instanceof Entry.Admitted
                                      ? "in"
                                      : "shed")));
      WebServer server = Listener.start(prepared, "server", ANY_PORT);
      try (var client = HttpClient.newHttpClient()) {
        var held = client.sendAsync(request(server, "/held"), BodyHandlers.ofString());
        entered.await();
        assertThat(get(client, server, "/next")).isEqualTo("shed");
        leave.countDown();
        assertThat(held.get().body()).isEqualTo("in");
        for (int i = 0; i < 3; i++) {
          assertThat(get(client, server, "/failing")).contains("internal-error");
          await("a place, free when the answer has left")
              .until(() -> get(client, server, "/next").equals("in"));
        }
      } finally {
        leave.countDown();
        server.stop();
      }
    }
  }

  private static String get(HttpClient client, WebServer server, String path) throws Exception {
    HttpResponse<String> response = client.send(request(server, path), BodyHandlers.ofString());
    return response.body();
  }

  private static HttpRequest request(WebServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
