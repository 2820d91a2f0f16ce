package io.wholechart.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.AuditLog;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.http.Problem.Kind;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** The socket that callers use. */
public final class ApiServer implements AutoCloseable {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final WebServer server;

  private ApiServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param drain how long stopping waits for requests that are under way
   */
  public static ApiServer start(
      SocketSettings settings,
      Set<Section> sections,
      int sources,
      PatientAggregator aggregator,
      AuditLog audit,
      Metrics metrics,
      InstantSource clock,
      Duration drain)
      throws IOException {
    var patient = new PatientRoute(new Offer(sections, sources), aggregator, audit, metrics, clock);
    var refusals = new Refusals(metrics, clock);
    var prepared =
        Listener.prepare(settings)
            .shutdownGracePeriod(drain)
            .routing(
                HttpRouting.builder()
                    .get(PatientRoute.PATH, patient::handle)
                    .any(PatientRoute.PATH, refusals::method)
                    .any(refusals::path));
    return new ApiServer(Listener.start(prepared, "server", settings));
  }

  public int port() {
    return server.port();
  }

  /** Stops listening, and waits for the requests that are under way. */
  @Override
  public void close() {
    server.stop();
  }

  /** Answers for what there is no route for. */
  private record Refusals(Metrics metrics, InstantSource clock) {
    void method(ServerRequest request, ServerResponse response) {
      refuse(
          request,
          response,
          PatientRoute.PATH,
          Problem.of(Kind.METHOD_NOT_ALLOWED, "only GET is allowed here"),
          Map.of("Allow", "GET"));
    }

    void path(ServerRequest request, ServerResponse response) {
      refuse(
          request,
          response,
          "other",
          Problem.of(Kind.NO_SUCH_PATH, "there is " + PatientRoute.PATH),
          Map.of());
    }

    private void refuse(
        ServerRequest request,
        ServerResponse response,
        String route,
        Problem problem,
        Map<String, String> headers) {
      var exchange = Exchange.begin(request.headers(), LoopbackAccess.caller(), clock.instant());
      Answer answer = Answer.of(problem, exchange);
      answer.headers().putAll(headers);
      Responses.send(answer, response);
      String method = request.prologue().method().text();
      metrics.httpRequest(
          METHODS.contains(method) ? method : "_OTHER", route, answer.status(), exchange.elapsed());
    }
  }
}
