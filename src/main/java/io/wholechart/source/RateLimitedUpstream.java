package io.wholechart.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Asks a source no oftener than it was agreed. Who would have to wait past the deadline is told at
 * once, and takes nobody's turn.
 */
final class RateLimitedUpstream implements Upstream {
  private static final UpstreamAnswer OVERLOADED =
      UpstreamAnswer.broken(
          FailureReason.OVERLOADED, "was not asked, since its calls a second are used up");

  private final Upstream delegate;
  private final RateLimit rate;
  private final LongSupplier ticker;
  private final RetryingUpstream.Pause pause;
  private final Runnable onWait;

  RateLimitedUpstream(
      Upstream delegate,
      RateLimit rate,
      LongSupplier ticker,
      RetryingUpstream.Pause pause,
      Runnable onWait) {
    this.delegate = delegate;
    this.rate = rate;
    this.ticker = ticker;
    this.pause = pause;
    this.onWait = onWait;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    Duration wait = rate.take(request.intake().patience().left(ticker.getAsLong()));
    if (wait.isNegative()) {
      return OVERLOADED;
    }
    if (wait.isPositive()) {
      onWait.run();
      pause.rest(wait);
    }
    return delegate.read(request);
  }
}
