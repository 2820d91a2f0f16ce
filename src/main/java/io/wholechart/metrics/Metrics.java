package io.wholechart.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.java21.instrument.binder.jdk.VirtualThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The service's meters. Names follow OpenTelemetry's semantic conventions where there is one;
 * Prometheus sees them with underscores and units ({@code http_server_request_duration_seconds}).
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Duration[] deadlines;

  // Handles are looked up once a combination of tags: a look-up builds tags and hashes them, a
  // hundred times
  // the cost of the count itself.
  private final ConcurrentHashMap<Object, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Object, Counter> counters = new ConcurrentHashMap<>();
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final VirtualThreadMetrics virtualThreads = new VirtualThreadMetrics();

  /**
   * @param deadlines the configured deadlines: each becomes an edge of the histograms, so that "in
   *     time" is exact
   */
  public Metrics(Collection<Duration> deadlines) {
    this.deadlines = deadlines.stream().sorted().distinct().toArray(Duration[]::new);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
    virtualThreads.bindTo(registry); // jvm.threads.virtual.pinned and .submit.failed
  }

  /**
   * One answered HTTP request. The route is the template, never the path: a path holds a patient's
   * id.
   */
  public void httpRequest(String method, String route, int status, Duration took) {
    record Key(String method, String route, int status) {}
    timers
        .computeIfAbsent(
            new Key(method, route, status),
            _ ->
                timer("http.server.request.duration", "Time from a request's headers to its answer")
                    .tags(
                        "http.request.method",
                        method,
                        "http.route",
                        route,
                        "http.response.status_code",
                        Integer.toString(status))
                    .register(registry))
        .record(took);
  }

  /**
   * One gathered chart.
   *
   * @param completeness {@code complete}, {@code partial} or {@code none}
   */
  public void aggregation(
      Urgency urgency, String completeness, boolean isDeadlineMet, Duration took) {
    timers
        .computeIfAbsent(
            urgency,
            _ ->
                timer("patient.aggregation.duration", "Time to gather and merge one chart")
                    .tags("urgency", urgency.key())
                    .register(registry))
        .record(took);
    record Key(Urgency urgency, String completeness, boolean met) {}
    counters
        .computeIfAbsent(
            new Key(urgency, completeness, isDeadlineMet),
            _ ->
                Counter.builder("patient.aggregations")
                    .description("Gathered charts, by how whole they were and whether in time")
                    .tags("urgency", urgency.key(), "completeness", completeness)
                    .tag("deadline", isDeadlineMet ? "met" : "missed")
                    .register(registry))
        .increment();
  }

  /**
   * One source's answer, or the lack of it.
   *
   * @param outcome {@code ok}, {@code not-found} or a failure reason
   */
  public void sourceFetch(String source, String outcome, Duration took) {
    record Key(String source, String outcome) {}
    timers
        .computeIfAbsent(
            new Key(source, outcome),
            _ ->
                timer("source.fetch.duration", "Time that a source took, whatever came of it")
                    .tags("source", source, "outcome", outcome)
                    .register(registry))
        .record(took);
  }

  /** Entries that a source sent of somebody else's chart; each is an alarm. */
  public void identityMismatch(String source, int entries) {
    record Key(String source, String name) {}
    counters
        .computeIfAbsent(
            new Key(source, "identity.mismatches"),
            _ ->
                Counter.builder("identity.mismatches")
                    .description("Entries withheld because they name another patient")
                    .tags("source", source)
                    .register(registry))
        .increment(entries);
  }

  /** One audit record on disk: the time from handing it over until it is durable. */
  public void auditDurable(Duration took) {
    timers
        .computeIfAbsent(
            "audit.append.duration",
            name ->
                timer(name.toString(), "Time until an audit record is on disk").register(registry))
        .record(took);
  }

  /** One audit record that could not be made durable; its answer was not given. */
  public void auditFailed() {
    counters
        .computeIfAbsent(
            "audit.failures",
            name ->
                Counter.builder(name.toString())
                    .description("Audit records that could not be made durable")
                    .register(registry))
        .increment();
  }

  /** Watches how many audit records wait for the disk. */
  public void watchAuditQueue(Supplier<Number> depth) {
    gauge("audit.queue.depth", "Audit records that wait for the disk", depth, Tags.empty());
  }

  /** Watches whether the journal can be written: 1 or 0. */
  public void watchAuditWritable(Supplier<Boolean> isWritable) {
    gauge(
        "audit.journal.writable",
        "1 while the audit journal can be written, else 0",
        () -> isWritable.get() ? 1 : 0,
        Tags.empty());
  }

  /** Watches the calls of a source that are under way. */
  public void watchSourceCalls(String source, Supplier<Number> active) {
    gauge("source.calls.active", "Calls under way", active, Tags.of("source", source));
  }

  /** Watches the requests that are being served. */
  public void watchActiveRequests(Supplier<Number> active) {
    gauge("http.server.active_requests", "Requests being served", active, Tags.empty());
  }

  /** What Prometheus reads, in the format that its Accept header asks for. */
  public String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  @Override
  public void close() {
    gc.close();
    virtualThreads.close();
    registry.close();
  }

  private Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(edges());
  }

  // Edges chosen by hand, not the 70 of a percentile histogram: every edge is a series for each
  // combination of tags.
  private Duration[] edges() {
    var edges = new java.util.TreeSet<Duration>();
    for (long millis : new long[] {1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000}) {
      edges.add(Duration.ofMillis(millis));
    }
    for (Duration deadline : deadlines) {
      edges.add(deadline);
      edges.add(deadline.plusMillis(100)); // the answer's own time after the deadline struck
    }
    return edges.toArray(Duration[]::new);
  }

  private void gauge(String name, String description, Supplier<Number> value, Tags tags) {
    Gauge.builder(name, value).description(description).tags(tags).register(registry);
  }
}
