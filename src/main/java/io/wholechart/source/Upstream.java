package io.wholechart.source;

/** One HTTP read of an upstream system. Implementations wrap one another, one concern each. */
interface Upstream {
  /**
   * Reads, blocking.
   *
   * @throws InterruptedException when the caller's deadline strikes; the connection is closed
   */
  UpstreamAnswer read(UpstreamRequest request) throws InterruptedException;
}
