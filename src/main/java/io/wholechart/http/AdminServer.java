package io.wholechart.http;

import io.helidon.http.DirectHandler.TransportRequest;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.observe.ObserveFeature;
import io.wholechart.access.Authenticator;
import io.wholechart.audit.AuditLog;
import io.wholechart.disclosure.EventSearch;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The socket that operators, auditors and their tools use: health, metrics, and who looked. It
 * outlives the other one.
 */
public final class AdminServer implements AutoCloseable {
  private static final String PLAIN = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final WebServer server;

  private AdminServer(WebServer server) {
    this.server = server;
  }

  public static AdminServer start(
      SocketSettings settings,
      EdgeSettings edge,
      Health health,
      Metrics metrics,
      AuditLog audit,
      EventSearch search,
      Authenticator authenticator,
      InstantSource clock)
      throws IOException {
    var answers = new AuditedAnswers(new AuditTrail(audit), metrics);
    var face = new FhirFace(List.of(new AuditEventRoute(search).route()), null, answers);
    // Whoever watches over the service has no token, and learns nothing of any patient.
    var door =
        new Door(
            authenticator,
            path -> !FhirFace.isBelow(path),
            new Refusals(answers, clock),
            metrics,
            clock);
    var routing =
        Listener.routing()
            .addFilter(door)
            .get("/observe/metrics", (req, res) -> scrape(metrics, req, res));
    face.addTo(routing);
    var prepared =
        Listener.prepare("admin", settings, edge, metrics, door.marking(AdminServer::refuse))
            .shutdownGracePeriod(Duration.ofMillis(500))
            .addFeature(ObserveFeature.create(health.observer()))
            .routing(routing);
    return new AdminServer(Listener.start(prepared, "admin", settings));
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Without a record: what the server refuses by itself has not come to a patient's data. */
  private static Answer refuse(TransportRequest request, Problem problem) {
    return Answer.of(problem, Exchange.begin(request.headers(), Instant.now()));
  }

  private static void scrape(Metrics metrics, ServerRequest request, ServerResponse response) {
    String accept = request.headers().first(HeaderNames.ACCEPT).orElse("");
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : PLAIN;
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, type)).send(metrics.scrape(type));
  }
}
