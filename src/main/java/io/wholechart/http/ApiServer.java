package io.wholechart.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Filter;
import io.wholechart.access.Authenticator;
import io.wholechart.admission.Admission;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.AuditLog;
import io.wholechart.conduct.Conduct;
import io.wholechart.http.PatientRequest.Offer;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The socket that callers use. */
public final class ApiServer implements AutoCloseable {
  /** What there is to know before one can have a token. */
  private static final Set<String> PUBLIC =
      Stream.concat(Stream.of(MetadataRoute.PATH), SmartRoute.PATHS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private final WebServer server;
  private final Thread forgetting;

  private ApiServer(WebServer server, Thread forgetting) {
    this.server = server;
    this.forgetting = forgetting;
  }

  /**
   * Starts to listen.
   *
   * @param drain how long stopping waits for requests that are under way
   */
  public static ApiServer start(
      SocketSettings settings,
      EdgeSettings edge,
      Authenticator authenticator,
      Conduct conduct,
      BatchSettings batch,
      ReadingRules rules,
      Health health,
      Set<Section> sections,
      int sources,
      DeadlineSettings deadlines,
      Admission admission,
      PatientAggregator aggregator,
      FhirSettings fhir,
      AuditLog audit,
      Metrics metrics,
      InstantSource clock,
      Duration drain)
      throws IOException {
    var trail = new AuditTrail(audit);
    var answers = new AuditedAnswers(trail, metrics);
    var turns = new Turns(admission);
    var offer = new Offer(sections, sources);
    var permissions = new Permissions(rules, sections, metrics);
    var limits = new CallerLimits(conduct, metrics, System::nanoTime);
    var gathering = new Gathering(limits, permissions, turns, aggregator, deadlines, trail);
    var patient = new PatientRoute(offer, gathering, answers);
    var wards =
        new BatchRoute(
            batch, limits, permissions, admission, gathering, answers, clock, health::isStopping);
    var kept = new KeptPages(fhir.keepPages(), fhir.pageMemory());
    var face =
        new FhirFace(
            fhirRoutes(offer, permissions, gathering, kept, trail, clock), fhir.baseUrl(), answers);
    var refusals = new Refusals(answers, clock);
    var door = new Door(authenticator, PUBLIC::contains, refusals, metrics, clock);
    var active = new AtomicInteger();
    metrics.watchActiveRequests(active::get);
    var routing =
        Listener.routing()
            .addFilter(counting(active))
            .addFilter(turns)
            .addFilter(lastAnswers(health))
            .addFilter(door)
            .addFilter(plainPaths(refusals))
            .post(BatchRoute.PATH, wards::handle)
            .get(PatientRoute.PATH, patient::handle)
            .any(PatientRoute.PATH, refusals::method);
    face.addTo(routing);
    var smart = new SmartRoute(authenticator.smartConfiguration(), answers);
    SmartRoute.PATHS.forEach(path -> routing.get(path, smart::handle));
    routing.any(refusals::path);
    var prepared =
        Listener.prepare("server", settings, edge, metrics, door.marking(refusals::early))
            .shutdownGracePeriod(drain)
            .routing(routing);
    return new ApiServer(
        Listener.start(prepared, "server", settings), forgetting(kept, fhir.keepPages(), clock));
  }

  public int port() {
    return server.port();
  }

  /** Stops listening, and waits for the requests that are under way. */
  @Override
  public void close() {
    forgetting.interrupt();
    server.stop();
  }

  private static List<FhirRoute> fhirRoutes(
      Offer offer,
      Permissions permissions,
      Gathering gathering,
      KeptPages kept,
      AuditTrail trail,
      InstantSource clock) {
    List<FhirRoute> routes = new ArrayList<>();
    routes.add(new PatientSearchRoute(offer, permissions, gathering).route());
    routes.add(new PatientReadRoute(offer, gathering).route());
    routes.add(new EverythingRoute(offer, permissions, gathering, kept, trail).route());
    routes.add(new SummaryRoute(offer, gathering, UUID::randomUUID).route());
    routes.add(new MetadataRoute(routes, clock.instant()).route());
    return routes;
  }

  /** Lets go of kept pages in time also when nobody asks for anything any more. */
  private static Thread forgetting(KeptPages kept, Duration keep, InstantSource clock) {
    return Thread.ofVirtual()
        .name("kept-pages")
        .start(() -> {
          try {
            while (true) {
              Thread.sleep(keep.dividedBy(4));
              kept.forget(clock.instant());
            }
          } catch (InterruptedException e) {
            // the server is being stopped, and the pages go with it
          }
        });
  }

  /**
   * While the service stops, each answer is the last one of its connection: whoever kept it would
   * send the next request just when the socket closes.
   */
  private static Filter lastAnswers(Health health) {
    return (chain, request, response) -> {
      boolean isLast = health.isStopping();
      if (isLast) {
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
      chain.proceed();
      if (isLast) {
        Listener.hangUp(request);
      }
    };
  }

  private static Filter plainPaths(Refusals refusals) {
    return (chain, request, response) -> {
      if (PlainPath.is(request.path().rawPath())) {
        chain.proceed();
      } else {
        refusals.path(request, response);
      }
    };
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
