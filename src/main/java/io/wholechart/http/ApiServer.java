package io.wholechart.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Filter;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.AuditLog;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The socket that callers use. */
public final class ApiServer implements AutoCloseable {
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
    var answers = new AuditedAnswers(audit, metrics);
    var gathering = new Gathering(aggregator);
    var patient = new PatientRoute(new Offer(sections, sources), gathering, answers, clock);
    var refusals = new Refusals(answers, clock);
    var active = new AtomicInteger();
    metrics.watchActiveRequests(active::get);
    var prepared =
        Listener.prepare(settings, refusals::early)
            .shutdownGracePeriod(drain)
            .routing(
                Listener.routing()
                    .addFilter(counting(active))
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

  private static Filter counting(AtomicInteger active) {
    return (chain, request, response) -> {
      active.incrementAndGet();
      try {
        chain.proceed();
      } finally {
        active.decrementAndGet();
      }
    };
  }
}
