package io.wholechart.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * For an emergency, asks a second replica once the first takes longer than 95 of 100 calls do, and
 * takes the good answer that comes first.
 *
 * <p>A hedge is a call more for a source that may be slow because it is asked too much. So there
 * are few of them, only from a place in the bulkhead that is free anyway, and none while the source
 * throttles.
 */
final class HedgingUpstream implements Upstream {
  private final ReplicatedUpstream delegate;
  private final Recent recent;
  private final Allowance allowance;
  private final Bulkhead bulkhead;
  private final LongSupplier ticker;
  private final Runnable onHedge;

  HedgingUpstream(
      ReplicatedUpstream delegate,
      Recent recent,
      Allowance allowance,
      Bulkhead bulkhead,
      LongSupplier ticker,
      Runnable onHedge) {
    this.delegate = delegate;
    this.recent = recent;
    this.allowance = allowance;
    this.bulkhead = bulkhead;
    this.ticker = ticker;
    this.onHedge = onHedge;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    allowance.earn();
    boolean isForAny = request.replica() == UpstreamRequest.ANY;
    if (!isForAny || !request.intake().patience().isEmergency()) {
      return delegate.read(request);
    }
    List<Integer> order = delegate.order();
    Optional<Duration> usual = order.size() < 2 ? Optional.empty() : recent.p95();
    return usual.isEmpty() ? delegate.read(request, order) : race(request, order, usual.get());
  }

  private UpstreamAnswer race(UpstreamRequest request, List<Integer> order, Duration usual)
      throws InterruptedException {
    List<Integer> first = order.subList(0, 1);
    List<Integer> others = order.subList(1, order.size());
    try (var race = new Race()) {
      race.start(() -> delegate.read(request.apart(), first));
      Optional<UpstreamAnswer> early = race.next(usual);
      if (early.isEmpty() && mayHedge()) {
        onHedge.run();
        request.intake().asking(request.attempt() + 1);
        race.start(() -> hedge(request.again().apart(), others));
        return better(race);
      }
      UpstreamAnswer answer = early.isPresent() ? early.get() : race.next();
      return answer instanceof UpstreamAnswer.Broken broken && broken.isOfReplica()
          ? delegate.readOn(request, others, broken)
          : answer;
    } finally {
      request.intake().asking(request.attempt());
    }
  }

  private boolean mayHedge() {
    if (recent.isThrottling(ticker.getAsLong()) || !bulkhead.tryEnter()) {
      return false;
    }
    boolean isAllowed = allowance.spend();
    if (!isAllowed) {
      bulkhead.leave();
    }
    return isAllowed;
  }

  private UpstreamAnswer hedge(UpstreamRequest request, List<Integer> order)
      throws InterruptedException {
    try {
      return delegate.read(request, order);
    } finally {
      bulkhead.leave();
    }
  }

  private static UpstreamAnswer better(Race race) throws InterruptedException {
    UpstreamAnswer first = race.next();
    return first instanceof UpstreamAnswer.Answered ? first : best(first, race.next());
  }

  /** The later one, unless it is the worse one: that nobody was asked tells less. */
  private static UpstreamAnswer best(UpstreamAnswer earlier, UpstreamAnswer later) {
    boolean isOpen =
        later instanceof UpstreamAnswer.Broken(Failure failure, _)
            && failure.reason() == FailureReason.CIRCUIT_OPEN;
    return isOpen ? earlier : later;
  }
}
