package io.wholechart.source;

import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Remembers how long calls take and whether the source throttles. */
final class ObservedUpstream implements Upstream {
  private final Upstream delegate;
  private final Recent recent;
  private final LongSupplier ticker;

  ObservedUpstream(Upstream delegate, Recent recent, LongSupplier ticker) {
    this.delegate = delegate;
    this.recent = recent;
    this.ticker = ticker;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    long start = ticker.getAsLong();
    try {
      UpstreamAnswer answer = delegate.read(request);
      observe(answer, start);
      return answer;
    } catch (InterruptedException e) {
      // At least that long. Without the calls that were cut off, those that lost against a hedge
      // among them, the source would look quicker with every slow call.
      recent.took(ticker.getAsLong() - start);
      throw e;
    }
  }

  /** Failures come at any speed: a refused connection is no quick answer. */
  private void observe(UpstreamAnswer answer, long start) {
    long now = ticker.getAsLong();
    switch (answer) {
      case UpstreamAnswer.Answered _ -> recent.took(now - start);
      case UpstreamAnswer.Broken(Failure failure, _)
          when failure.reason() == FailureReason.THROTTLED ->
          recent.throttled(Duration.ZERO, now);
      case UpstreamAnswer.Broken(_, Again.After(Duration least)) when least.isPositive() ->
          recent.throttled(least, now);
      case UpstreamAnswer.Broken _ -> {}
    }
  }
}
