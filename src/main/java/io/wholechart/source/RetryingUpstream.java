package io.wholechart.source;

import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Asks once more where that may help: after a connection that failed or broke off, and after a 5xx.
 * Every read here is a GET, which is safe to repeat (RFC 9110, section 9.2).
 *
 * <p>Once, and after a pause of random length: several retries in a row belong to callers who can
 * wait, and callers who pause alike come back together.
 */
final class RetryingUpstream implements Upstream {
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** Waits; the deadline interrupts it. */
  interface Pause {
    void rest(Duration duration) throws InterruptedException;
  }

  private final Upstream delegate;
  private final Allowance allowance = Allowance.ofRetries();
  private final LongUnaryOperator random;
  private final LongSupplier ticker;
  private final Pause pause;
  private final Runnable onRetry;

  /**
   * @param random below its argument
   */
  RetryingUpstream(
      Upstream delegate,
      LongUnaryOperator random,
      LongSupplier ticker,
      Pause pause,
      Runnable onRetry) {
    this.delegate = delegate;
    this.random = random;
    this.ticker = ticker;
    this.pause = pause;
    this.onRetry = onRetry;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    UpstreamAnswer answer = delegate.read(request);
    allowance.earn();
    if (!(answer instanceof UpstreamAnswer.Broken(_, Again.After(Duration least)))) {
      return answer;
    }
    Duration rest = least.plusNanos(random.applyAsLong(LONGEST_PAUSE.toNanos()));
    if (!isWorthIt(request, rest)) {
      return answer;
    }
    pause.rest(rest);
    onRetry.run();
    UpstreamAnswer second = delegate.read(request.again());
    return isNotAsked(second) ? answer : second; // what happened tells more
  }

  private static boolean isNotAsked(UpstreamAnswer answer) {
    return answer instanceof UpstreamAnswer.Broken(Failure failure, _)
        && failure.reason() == FailureReason.CIRCUIT_OPEN;
  }

  private boolean isWorthIt(UpstreamRequest request, Duration rest) {
    Patience patience = request.intake().patience();
    return patience.isTimeAfter(rest, ticker.getAsLong())
        && patience.mayAskAgain()
        && allowance.spend();
  }
}
