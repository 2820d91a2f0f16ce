package io.wholechart.source;

import io.wholechart.metrics.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * What stands between a source's protocol and its calls: this is the one place where it can be seen
 * whole.
 */
final class Pipeline {
  private final String source;
  private final SourceSettings settings;
  private final Replicas replicas;
  private final Metrics metrics;
  private final LongSupplier ticker;

  // What several wrappers share.
  private final Recent recent = new Recent();
  private final Bulkhead bulkhead;
  private final Optional<RateLimit> rate;

  Pipeline(
      String source,
      SourceSettings settings,
      Replicas replicas,
      Metrics metrics,
      LongSupplier ticker) {
    this.source = source;
    this.settings = settings;
    this.replicas = replicas;
    this.metrics = metrics;
    this.ticker = ticker;
    this.bulkhead = new Bulkhead(settings.maxConcurrentCalls());
    this.rate =
        settings.rate().callsPerSecond() == 0
            ? Optional.empty()
            : Optional.of(new RateLimit(settings.rate(), ticker));
    metrics.watchSourceCalls(source, bulkhead::active);
  }

  /** To be read from below, since a call travels from the outside in. */
  Upstream around(Upstream call) {
    var observed = new ObservedUpstream(call, recent, ticker);
    ReplicatedUpstream failingOver = failingOver(observed); // each replica with its breaker
    Upstream hedged = hedged(failingOver);
    Upstream retrying = retrying(hedged);
    Upstream limited = new LimitedUpstream(retrying, bulkhead);
    Upstream paced = paced(limited);
    Upstream metered = new MeteredUpstream(paced, outcome -> metrics.sourceRead(source, outcome));
    return new NotedUpstream(metered);
  }

  private ReplicatedUpstream failingOver(Upstream delegate) {
    List<Breaker> breakers = IntStream.range(0, replicas.count()).mapToObj(this::breaker).toList();
    List<Upstream> each =
        breakers.stream()
            .map(breaker -> (Upstream) new CircuitBreakingUpstream(delegate, breaker, ticker))
            .toList();
    return new FailoverUpstream(
        each,
        replicas,
        replica -> breakers.get(replica).isOpen(),
        ticker,
        extra(() -> metrics.sourceFailover(source)));
  }

  private Breaker breaker(int replica) {
    var breaker = new Breaker(source, settings.breaker(), ticker);
    metrics.watchBreaker(source, replica, () -> !breaker.isClosed());
    return breaker;
  }

  private Upstream hedged(ReplicatedUpstream delegate) {
    return settings.hedge().maxPercent() == 0
        ? delegate
        : new HedgingUpstream(
            delegate,
            recent,
            Allowance.ofHedges(settings.hedge().maxPercent()),
            bulkhead,
            ticker,
            extra(() -> metrics.sourceHedge(source)));
  }

  private Upstream retrying(Upstream delegate) {
    return new RetryingUpstream(
        delegate,
        below -> ThreadLocalRandom.current().nextLong(below),
        ticker,
        Thread::sleep,
        extra(() -> metrics.sourceRetry(source)));
  }

  private Upstream paced(Upstream delegate) {
    return rate.isEmpty()
        ? delegate
        : new RateLimitedUpstream(
            delegate, rate.get(), ticker, Thread::sleep, () -> metrics.sourceRateWait(source));
  }

  /** A call beyond the one that waited its turn: it counts, and it does not wait. */
  private Runnable extra(Runnable count) {
    return () -> {
      rate.ifPresent(RateLimit::charge);
      count.run();
    };
  }
}
