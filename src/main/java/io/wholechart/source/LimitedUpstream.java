package io.wholechart.source;

import java.util.concurrent.Semaphore;

/**
 * A bulkhead: bounds the calls of one source that are under way, so that a slow source cannot take
 * every descriptor. The wait for a place is the caller's time: its deadline interrupts it.
 */
final class LimitedUpstream implements Upstream {
  private final Upstream delegate;
  private final int limit;
  private final Semaphore places;

  LimitedUpstream(Upstream delegate, int limit) {
    this.delegate = delegate;
    this.limit = limit;
    // Not fair: first come first served costs a hand-over for each call, and who has waited longest
    // here
    // is also the one whose deadline is nearest to being missed anyway.
    this.places = new Semaphore(limit);
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    places.acquire();
    try {
      return delegate.read(request);
    } finally {
      places.release();
    }
  }

  int active() {
    return limit - places.availablePermits();
  }
}
