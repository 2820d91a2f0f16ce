package io.wholechart.source;

import io.wholechart.metrics.Metrics;
import io.wholechart.source.FhirPages.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Assembles every source from its settings: this is the one place where a pipeline can be seen
 * whole.
 */
public final class Sources {
  private final Metrics metrics;
  private final Duration longest;
  private final InstantSource clock;
  private final Names names;

  /**
   * @param longest the longest deadline of any request
   */
  public Sources(Metrics metrics, Duration longest, InstantSource clock) {
    this(metrics, longest, clock, Names.ofSystem());
  }

  Sources(Metrics metrics, Duration longest, InstantSource clock, Names names) {
    this.names = names;
    this.metrics = metrics;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * The sources in the order of the configuration, which is the order of the answer.
   *
   * @throws IOException when a secret cannot be read
   */
  public List<PatientSource> assemble(Map<String, SourceSettings> settings) throws IOException {
    List<PatientSource> sources = new ArrayList<>();
    for (var source : settings.entrySet()) {
      sources.add(source(source.getKey(), source.getValue()));
    }
    return List.copyOf(sources);
  }

  private PatientSource source(String name, SourceSettings settings) throws IOException {
    Replicas replicas = settings.replicas();
    Upstream upstream = pipeline(name, settings, replicas);
    var limits = new Limits(settings.maxPages(), settings.maxBodyBytes(), settings.payload());
    CallPlan plan =
        switch (settings.protocol()) {
          case FHIR ->
              new FhirSource(upstream, replicas, Objects.requireNonNull(settings.fetch()), limits);
          case HL7V2 ->
              new Hl7v2Source(
                  upstream, replicas.primary(), Objects.requireNonNull(settings.path()), limits);
          case DICOMWEB -> new DicomWebSource(upstream, replicas, limits);
        };
    return new ConfiguredSource(name, settings, plan);
  }

  /**
   * From the outside in: metered -> limited in calls a second -> limited in calls at once ->
   * retrying -> hedged -> failing over -> and for each replica: circuit-breaking -> observed ->
   * call.
   */
  private Upstream pipeline(String name, SourceSettings settings, Replicas replicas)
      throws IOException {
    LongSupplier ticker = System::nanoTime;
    var recent = new Recent();
    var bulkhead = new Bulkhead(settings.maxConcurrentCalls());
    Optional<RateLimit> rate = rate(settings.rate(), ticker);
    List<Breaker> breakers = breakers(name, settings.breaker(), replicas, ticker);

    Upstream call = observed(http(settings), recent, ticker);
    List<Upstream> each =
        breakers.stream()
            .map(breaker -> (Upstream) new CircuitBreakingUpstream(call, breaker, ticker))
            .toList();
    var failingOver =
        new FailoverUpstream(
            each,
            replicas,
            replica -> breakers.get(replica).isOpen(),
            ticker,
            extra(rate, () -> metrics.sourceFailover(name)));
    Upstream hedged = hedged(name, settings.hedge(), failingOver, recent, bulkhead, rate, ticker);
    var retrying =
        new RetryingUpstream(
            hedged,
            below -> ThreadLocalRandom.current().nextLong(below),
            ticker,
            Thread::sleep,
            extra(rate, () -> metrics.sourceRetry(name)));
    var limited = new LimitedUpstream(retrying, bulkhead);
    Upstream paced = paced(name, limited, rate, ticker);
    metrics.watchSourceCalls(name, bulkhead::active);
    return new MeteredUpstream(paced, outcome -> metrics.sourceRead(name, outcome));
  }

  private HttpUpstream http(SourceSettings settings) throws IOException {
    return new HttpUpstream(
        settings.maxConcurrentCalls(), longest, names, authorization(settings), clock);
  }

  private static Upstream observed(Upstream call, Recent recent, LongSupplier ticker) {
    return new ObservedUpstream(call, recent, ticker);
  }

  private List<Breaker> breakers(
      String name, BreakerSettings settings, Replicas replicas, LongSupplier ticker) {
    List<Breaker> breakers = new ArrayList<>();
    for (int replica = 0; replica < replicas.count(); replica++) {
      var breaker = new Breaker(name, settings, ticker);
      metrics.watchBreaker(name, replica, () -> !breaker.isClosed());
      breakers.add(breaker);
    }
    return breakers;
  }

  private static Optional<RateLimit> rate(RateSettings settings, LongSupplier ticker) {
    return settings.callsPerSecond() == 0
        ? Optional.empty()
        : Optional.of(new RateLimit(settings, ticker));
  }

  /** A call beyond the one that waited its turn: it counts, and it does not wait. */
  private static Runnable extra(Optional<RateLimit> rate, Runnable count) {
    return () -> {
      rate.ifPresent(RateLimit::charge);
      count.run();
    };
  }

  private Upstream hedged(
      String name,
      HedgeSettings settings,
      FailoverUpstream failingOver,
      Recent recent,
      Bulkhead bulkhead,
      Optional<RateLimit> rate,
      LongSupplier ticker) {
    return settings.maxPercent() == 0
        ? failingOver
        : new HedgingUpstream(
            failingOver,
            recent,
            Allowance.ofHedges(settings.maxPercent()),
            bulkhead,
            ticker,
            extra(rate, () -> metrics.sourceHedge(name)));
  }

  private Upstream paced(
      String name, Upstream delegate, Optional<RateLimit> rate, LongSupplier ticker) {
    return rate.isEmpty()
        ? delegate
        : new RateLimitedUpstream(
            delegate, rate.get(), ticker, Thread::sleep, () -> metrics.sourceRateWait(name));
  }

  private static Optional<String> authorization(SourceSettings settings) throws IOException {
    if (settings.auth() == null) {
      return Optional.empty();
    }
    String secret = Files.readString(settings.auth().secretFile()).strip();
    return Optional.of(
        switch (settings.auth().type()) {
          case BASIC ->
              "Basic "
                  + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
          case BEARER -> "Bearer " + secret;
        });
  }
}
