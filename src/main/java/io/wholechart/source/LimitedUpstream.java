package io.wholechart.source;

/** Makes a call from a place in the source's bulkhead. */
final class LimitedUpstream implements Upstream {
  private final Upstream delegate;
  private final Bulkhead bulkhead;

  LimitedUpstream(Upstream delegate, Bulkhead bulkhead) {
    this.delegate = delegate;
    this.bulkhead = bulkhead;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    bulkhead.enter();
    try {
      return delegate.read(request);
    } finally {
      bulkhead.leave();
    }
  }
}
