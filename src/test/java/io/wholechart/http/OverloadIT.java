package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditSettings;
import io.wholechart.metrics.Metrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request too many, at a socket that serves one at a time. */
class OverloadIT {
  private static final SocketSettings ANY_PORT = new SocketSettings("127.0.0.1", 0);

  @TempDir Path directory;

  @Test
  void aRequestTooManyIsToldWhenToComeAgainAndIsRecordedAndCounted() throws Exception {
    var entered = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    try (var metrics = new Metrics(List.of());
        var audit = AuditLog.open(new AuditSettings(directory), metrics)) {
      var refusals = new Refusals(new AuditedAnswers(audit, metrics), Clock.systemUTC());
      var prepared =
          Listener.prepare(ANY_PORT, refusals::early)
              .maxConcurrentRequests(1)
              .routing(
                  Listener.routing()
                      .get(
                          "/held",
                          (_, response) -> {
                            entered.countDown();
                            leave.await();
                            response.send("served");
                          }));
      WebServer server = Listener.start(prepared, "server", ANY_PORT);
      try (var client = HttpClient.newHttpClient()) {
        var held = client.sendAsync(request(server), BodyHandlers.ofString());
        entered.await();
        HttpResponse<String> shed = client.send(request(server), BodyHandlers.ofString());
        leave.countDown();

        assertThat(shed.statusCode()).isEqualTo(503);
        assertThat(shed.body()).contains("\"type\":\"urn:wholechart:problem:overloaded\"");
        assertThat(shed.headers().firstValue("Retry-After")).hasValue("2");
        String id = shed.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(shed.body()).contains("\"requestId\":\"" + id + "\"");
        assertThat(Files.readString(directory.resolve("audit.jsonl")))
            .containsPattern(id + ".*\"httpStatus\":503.*\"overloaded\"");
        assertThat(metrics.scrape("text/plain"))
            .contains("http_response_status_code=\"503\",http_route=\"other\"} 1");
        assertThat(held.get().body()).isEqualTo("served");
      } finally {
        leave.countDown();
        server.stop();
      }
    }
  }

  private static HttpRequest request(WebServer server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/held"))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }
}
