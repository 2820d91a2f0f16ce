package io.wholechart.metrics;

import static io.wholechart.metrics.Instrument.ACCESS_AUTHENTICATIONS;
import static io.wholechart.metrics.Instrument.ACTIVE_REQUESTS;
import static io.wholechart.metrics.Instrument.ADMISSION_IN_FLIGHT;
import static io.wholechart.metrics.Instrument.ADMISSION_LAG;
import static io.wholechart.metrics.Instrument.ADMISSION_SHED;
import static io.wholechart.metrics.Instrument.ADMISSION_STARTS;
import static io.wholechart.metrics.Instrument.ADMISSION_WAIT;
import static io.wholechart.metrics.Instrument.AGGREGATION;
import static io.wholechart.metrics.Instrument.AGGREGATIONS;
import static io.wholechart.metrics.Instrument.AUDIT_APPEND;
import static io.wholechart.metrics.Instrument.AUDIT_FAILURES;
import static io.wholechart.metrics.Instrument.AUDIT_KEEPING;
import static io.wholechart.metrics.Instrument.AUDIT_NOTES_LOST;
import static io.wholechart.metrics.Instrument.AUDIT_OUTAGES;
import static io.wholechart.metrics.Instrument.AUDIT_QUEUE;
import static io.wholechart.metrics.Instrument.AUDIT_SPOOLED;
import static io.wholechart.metrics.Instrument.AUDIT_VOLATILE;
import static io.wholechart.metrics.Instrument.AUDIT_WRITABLE;
import static io.wholechart.metrics.Instrument.BREAK_GLASS;
import static io.wholechart.metrics.Instrument.BUILD;
import static io.wholechart.metrics.Instrument.CONDUCT_ALARMS;
import static io.wholechart.metrics.Instrument.CONNECTIONS;
import static io.wholechart.metrics.Instrument.CONNECTIONS_CUT;
import static io.wholechart.metrics.Instrument.CROSSWALK_CURRENT;
import static io.wholechart.metrics.Instrument.CROSSWALK_LOOKUP;
import static io.wholechart.metrics.Instrument.DEADLINE;
import static io.wholechart.metrics.Instrument.DENY_LIST_CURRENT;
import static io.wholechart.metrics.Instrument.ENTRIES_WITHHELD;
import static io.wholechart.metrics.Instrument.HTTP_REQUEST;
import static io.wholechart.metrics.Instrument.IDENTITY_MISMATCHES;
import static io.wholechart.metrics.Instrument.IDENTITY_SUSPECTS;
import static io.wholechart.metrics.Instrument.RATE_LIMITED;
import static io.wholechart.metrics.Instrument.SHIPPING_AGE;
import static io.wholechart.metrics.Instrument.SHIPPING_CHECKPOINT;
import static io.wholechart.metrics.Instrument.SHIPPING_DIFFERENCES;
import static io.wholechart.metrics.Instrument.SHIPPING_FAILURES;
import static io.wholechart.metrics.Instrument.SOURCE_BREAKER_OPEN;
import static io.wholechart.metrics.Instrument.SOURCE_CALLS;
import static io.wholechart.metrics.Instrument.SOURCE_FAILOVERS;
import static io.wholechart.metrics.Instrument.SOURCE_FETCH;
import static io.wholechart.metrics.Instrument.SOURCE_HEDGES;
import static io.wholechart.metrics.Instrument.SOURCE_RATE_WAITS;
import static io.wholechart.metrics.Instrument.SOURCE_READS;
import static io.wholechart.metrics.Instrument.SOURCE_RETRIES;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The service's meters. Names follow OpenTelemetry's semantic conventions where there is one;
 * Prometheus sees them with underscores and units ({@code http_server_request_duration_seconds}).
 *
 * <p>What alerts count exists at zero before the first event: Prometheus cannot see a series go up
 * that begins at one, so the first audit failure would be the one that nobody hears of.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RuntimeMeters runtime = new RuntimeMeters(registry);
  private final Meters meters;

  /**
   * @param deadlines the configured deadlines: each becomes an edge of the histograms, so that "in
   *     time" is exact
   */
  public Metrics(Collection<Duration> deadlines) {
    meters = new Meters(registry, Edges.around(deadlines));
    beginAtZero();
    meters.gauge(BUILD, () -> 1, version(), Runtime.version().toString());
  }

  /**
   * @param deadline the configured deadline of an urgency: an edge of the histograms, and a meter
   *     of its own, so that no alert repeats the configuration
   */
  public Metrics(Function<Urgency, Duration> deadline) {
    this(Arrays.stream(Urgency.values()).map(deadline).toList());
    for (Urgency urgency : Urgency.values()) {
      double seconds = deadline.apply(urgency).toNanos() / 1e9;
      meters.gauge(DEADLINE, () -> seconds, urgency.key());
    }
  }

  private void beginAtZero() {
    var _ = meters.timer(AUDIT_APPEND);
    var _ = meters.counter(AUDIT_FAILURES);
    var _ = meters.counter(AUDIT_OUTAGES);
    var _ = meters.counter(AUDIT_SPOOLED);
    var _ = meters.counter(AUDIT_VOLATILE);
    var _ = meters.counter(AUDIT_NOTES_LOST);
    for (String outcome : List.of("granted", "refused", "unfit")) {
      var _ = meters.counter(BREAK_GLASS, outcome);
    }
    for (String alarm : List.of("walk", "emergencies")) {
      var _ = meters.counter(CONDUCT_ALARMS, alarm);
    }
    var _ = meters.counter(RATE_LIMITED);
    var _ = meters.counter(ACCESS_AUTHENTICATIONS, "issuer-unavailable");
    for (Urgency urgency : Urgency.values()) {
      var _ = meters.timer(AGGREGATION, urgency.key());
      for (String completeness : List.of("complete", "partial", "none")) {
        var _ = meters.counter(AGGREGATIONS, urgency.key(), completeness, "met");
        var _ = meters.counter(AGGREGATIONS, urgency.key(), completeness, "missed");
      }
    }
  }

  /** Makes a configured source's meters exist at zero, before its first call. */
  public void registerSource(String source) {
    var _ = meters.counter(IDENTITY_MISMATCHES, source);
    var _ = meters.counter(IDENTITY_SUSPECTS, source);
    var _ = meters.counter(ENTRIES_WITHHELD, source);
    var _ = meters.counter(SOURCE_RETRIES, source);
    var _ = meters.counter(SOURCE_FAILOVERS, source);
    var _ = meters.counter(SOURCE_HEDGES, source);
    var _ = meters.counter(SOURCE_RATE_WAITS, source);
    var _ = meters.counter(SOURCE_READS, source, "answered");
    // The share of failures is reckoned as one less the share of "ok", since any reason for a
    // failure can be new.
    var _ = meters.timer(SOURCE_FETCH, source, "ok");
  }

  /**
   * One answered HTTP request. The route is the template, never the path: a path holds a patient's
   * id.
   */
  public void httpRequest(String method, String route, int status, Duration took) {
    meters.timer(HTTP_REQUEST, method, route, Integer.toString(status)).record(took);
  }

  /**
   * One gathered chart.
   *
   * @param completeness {@code complete}, {@code partial} or {@code none}
   */
  public void aggregation(
      Urgency urgency, String completeness, boolean isDeadlineMet, Duration took) {
    String deadline = isDeadlineMet ? "met" : "missed";
    meters.timer(AGGREGATION, urgency.key()).record(took);
    meters.counter(AGGREGATIONS, urgency.key(), completeness, deadline).increment();
  }

  /**
   * One source's answer, or the lack of it.
   *
   * @param outcome {@code ok}, {@code not-found} or a failure reason
   */
  public void sourceFetch(String source, String outcome, Duration took) {
    meters.timer(SOURCE_FETCH, source, outcome).record(took);
  }

  /**
   * One read of a source, retries and replicas included.
   *
   * @param outcome {@code answered} or a failure reason
   */
  public void sourceRead(String source, String outcome) {
    meters.counter(SOURCE_READS, source, outcome).increment();
  }

  /** One call that moved on to another replica. */
  public void sourceFailover(String source) {
    meters.counter(SOURCE_FAILOVERS, source).increment();
  }

  /** One call to a second replica while the first was still asked. */
  public void sourceHedge(String source) {
    meters.counter(SOURCE_HEDGES, source).increment();
  }

  /** One call that waited because of its source's calls a second. */
  public void sourceRateWait(String source) {
    meters.counter(SOURCE_RATE_WAITS, source).increment();
  }

  /** Watches whether a replica's circuit breaker is anything but closed: 1 or 0. */
  public void watchBreaker(String source, int replica, Supplier<Boolean> isOpen) {
    meters.gauge(
        SOURCE_BREAKER_OPEN, () -> isOpen.get() ? 1 : 0, source, Integer.toString(replica));
  }

  /** One call that is made a second time. */
  public void sourceRetry(String source) {
    meters.counter(SOURCE_RETRIES, source).increment();
  }

  /** Entries that a source sent of somebody else's chart; each is an alarm. */
  public void identityMismatch(String source, int entries) {
    meters.counter(IDENTITY_MISMATCHES, source).increment(entries);
  }

  /** Entries that a source sent and that may be somebody else's; each is an alarm as well. */
  public void identitySuspect(String source, int entries) {
    meters.counter(IDENTITY_SUSPECTS, source).increment(entries);
  }

  /** Entries of a source that were kept from who asked, though they are the patient's. */
  public void withheld(String source, int entries) {
    if (entries > 0) {
      meters.counter(ENTRIES_WITHHELD, source).increment(entries);
    }
  }

  /**
   * One request that wished to break the glass.
   *
   * @param outcome {@code granted}, {@code refused} or {@code unfit}
   */
  public void breakGlass(String outcome) {
    meters.counter(BREAK_GLASS, outcome).increment();
  }

  /** Watches whether the deny list is what its file says: 1 or 0. */
  public void watchDenyList(Supplier<Boolean> isCurrent) {
    meters.gauge(DENY_LIST_CURRENT, () -> isCurrent.get() ? 1 : 0);
  }

  /**
   * One request whose caller was asked who they are.
   *
   * @param outcome {@code accepted}, or why not
   */
  public void authentication(String outcome) {
    meters.counter(ACCESS_AUTHENTICATIONS, outcome).increment();
  }

  /**
   * Somebody asked for more than is usual.
   *
   * @param alarm {@code walk} or {@code emergencies}
   */
  public void conductAlarm(String alarm) {
    meters.counter(CONDUCT_ALARMS, alarm).increment();
  }

  /** One request that was refused because its caller asks too often. */
  public void rateLimited() {
    meters.counter(RATE_LIMITED).increment();
  }

  /**
   * One question to a cross-reference service that was not answered from memory.
   *
   * @param outcome {@code found}, {@code none}, {@code unresolved} or {@code timeout}
   */
  public void crosswalkLookup(String outcome, Duration took) {
    meters.timer(CROSSWALK_LOOKUP, outcome).record(took);
  }

  /** Watches whether the table of ids is what its file says: 1 or 0. */
  public void watchCrosswalk(Supplier<Boolean> isCurrent) {
    for (String outcome : List.of("found", "none", "unresolved", "timeout")) {
      var _ = meters.timer(CROSSWALK_LOOKUP, outcome);
    }
    meters.gauge(CROSSWALK_CURRENT, () -> isCurrent.get() ? 1 : 0);
  }

  /** One audit record on disk: how long an answer had to wait for that. */
  public void auditDurable(Duration took) {
    meters.timer(AUDIT_APPEND).record(took);
  }

  /** One audit record that could not be made durable; its answer was not given. */
  public void auditFailed() {
    meters.counter(AUDIT_FAILURES).increment();
  }

  /** One time in which the journal cannot be written begins. */
  public void auditOutage() {
    meters.counter(AUDIT_OUTAGES).increment();
  }

  /** One audit record of an emergency that went to the spool. */
  public void auditSpooled() {
    meters.counter(AUDIT_SPOOLED).increment();
  }

  /** One audit record of an emergency that was kept nowhere; its answer was given. */
  public void auditVolatile() {
    meters.counter(AUDIT_VOLATILE).increment();
  }

  /** One audit record that nobody waits for, and that there was no room for. */
  public void auditNoteLost() {
    meters.counter(AUDIT_NOTES_LOST).increment();
  }

  /** Watches whether audit records go to this place: 1 or 0. */
  public void watchAuditKeeping(String place, Supplier<Boolean> isThere) {
    meters.gauge(AUDIT_KEEPING, () -> isThere.get() ? 1 : 0, place);
  }

  /** Watches how many audit records wait for the disk. */
  public void watchAuditQueue(Supplier<Number> depth) {
    meters.gauge(AUDIT_QUEUE, depth);
  }

  /** Watches whether the journal can be written: 1 or 0. */
  public void watchAuditWritable(Supplier<Boolean> isWritable) {
    meters.gauge(AUDIT_WRITABLE, () -> isWritable.get() ? 1 : 0);
  }

  /**
   * Watches how far the journal is shipped to a sink; its other meters exist from now on, at zero.
   *
   * @param oldestAge of the oldest record that it has not got
   * @param checkpoint records of the last signed checkpoint of which it has confirmed all
   */
  public void watchShipping(
      String sink, Supplier<Duration> oldestAge, Supplier<Number> checkpoint) {
    var _ = meters.counter(SHIPPING_FAILURES, sink);
    var _ = meters.counter(SHIPPING_DIFFERENCES, sink);
    meters.gauge(SHIPPING_AGE, () -> oldestAge.get().toMillis() / 1e3, sink);
    meters.gauge(SHIPPING_CHECKPOINT, checkpoint, sink);
  }

  /** One batch of audit records that a sink did not confirm; it is sent again. */
  public void shippingFailed(String sink) {
    meters.counter(SHIPPING_FAILURES, sink).increment();
  }

  /** One time that a sink held something else than the journal; an alarm. */
  public void shippingDiffers(String sink) {
    meters.counter(SHIPPING_DIFFERENCES, sink).increment();
  }

  /**
   * Watches the calls of a source that are under way; {@linkplain #registerSource registers} it.
   */
  public void watchSourceCalls(String source, Supplier<Number> active) {
    registerSource(source);
    meters.gauge(SOURCE_CALLS, active, source);
  }

  /** Watches the requests that are being served. */
  public void watchActiveRequests(Supplier<Number> active) {
    meters.gauge(ACTIVE_REQUESTS, active);
  }

  /**
   * One request that got a place.
   *
   * @param waited for its turn
   */
  public void admitted(String lane, Duration waited) {
    meters.timer(ADMISSION_WAIT, lane).record(waited);
  }

  /** One request that got no place. */
  public void shed(String lane) {
    meters.counter(ADMISSION_SHED, lane).increment();
  }

  /** Watches a lane's places; its other meters exist from now on, at zero. */
  public void watchAdmission(String lane, Supplier<Number> inFlight) {
    var _ = meters.timer(ADMISSION_WAIT, lane);
    var _ = meters.counter(ADMISSION_SHED, lane);
    meters.gauge(ADMISSION_IN_FLIGHT, inFlight, lane);
  }

  /** Watches how many requests may start a second, and the lag that this follows, in seconds. */
  public void watchStarts(Supplier<Number> limit, Supplier<Number> lag) {
    meters.gauge(ADMISSION_STARTS, limit);
    meters.gauge(ADMISSION_LAG, lag);
  }

  /**
   * One connection that was closed because its client kept it waiting.
   *
   * @param stage what it was at: {@code idle}, {@code head}, {@code body} or {@code write}
   */
  public void connectionCut(String stage) {
    meters.counter(CONNECTIONS_CUT, stage).increment();
  }

  /** Watches the open connections of a socket. */
  public void watchConnections(String socket, Supplier<Number> open) {
    meters.gauge(CONNECTIONS, open, socket);
  }

  /** What Prometheus reads, in the format that its Accept header asks for. */
  public String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  @Override
  public void close() {
    runtime.close();
    registry.close();
  }

  // The jar's manifest knows; class files outside a jar have none.
  private static String version() {
    return Objects.requireNonNullElse(
        Metrics.class.getPackage().getImplementationVersion(), "development");
  }
}
