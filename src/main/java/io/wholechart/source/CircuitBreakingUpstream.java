package io.wholechart.source;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Does not ask a replica most of whose last calls failed: a call to it would hold a thread, a
 * socket and a place until its deadline, to learn what is known already.
 *
 * <p>One a replica and not one a source: while the second replica answers for a first that is dead,
 * the source as a whole fails nothing, and the dead one would be asked first every time.
 */
final class CircuitBreakingUpstream implements Upstream {
  private static final UpstreamAnswer OPEN =
      UpstreamAnswer.broken(
          FailureReason.CIRCUIT_OPEN, "was not asked, since most of its last calls failed");

  /** A deadline that strikes sooner than this after a call began says nothing about the source. */
  private static final Duration LEAST_TRIED = Duration.ofMillis(100);

  private final Upstream delegate;
  private final Breaker breaker;
  private final LongSupplier ticker;

  CircuitBreakingUpstream(Upstream delegate, Breaker breaker, LongSupplier ticker) {
    this.delegate = delegate;
    this.breaker = breaker;
    this.ticker = ticker;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    Optional<Breaker.Pass> pass = breaker.admit(request.intake().patience().isEmergency());
    return pass.isPresent() ? read(request, pass.get()) : OPEN;
  }

  private UpstreamAnswer read(UpstreamRequest request, Breaker.Pass pass)
      throws InterruptedException {
    long start = ticker.getAsLong();
    Verdict verdict = Verdict.NONE;
    try {
      UpstreamAnswer answer = delegate.read(request);
      verdict = isSick(answer) ? Verdict.SICK : Verdict.WELL;
      return answer;
    } catch (InterruptedException e) {
      verdict = atDeadline(request, start);
      throw e;
    } finally {
      Duration took = Duration.ofNanos(ticker.getAsLong() - start);
      switch (verdict) {
        case WELL -> pass.succeeded(took);
        case SICK -> pass.failed(took);
        case NONE -> pass.withdrawn();
      }
    }
  }

  private enum Verdict {
    WELL,
    SICK,
    NONE
  }

  private static boolean isSick(UpstreamAnswer answer) {
    return answer instanceof UpstreamAnswer.Broken broken && broken.isOfReplica();
  }

  /** A hedge that lost, and a service that stops, interrupt too: that is nobody's failure. */
  private Verdict atDeadline(UpstreamRequest request, long start) {
    long now = ticker.getAsLong();
    boolean isDeadline = !request.intake().patience().left(now).isPositive();
    return isDeadline && now - start >= LEAST_TRIED.toNanos() ? Verdict.SICK : Verdict.NONE;
  }
}
