package io.wholechart.source;

import java.util.concurrent.Semaphore;

/**
 * Bounds the calls of one source that are under way, so that a slow source cannot take every
 * descriptor. The wait for a place is the caller's time: its deadline interrupts it.
 */
final class Bulkhead {
  private final int limit;
  private final Semaphore places;

  Bulkhead(int limit) {
    this.limit = limit;
    // Not fair: first come first served costs a hand-over for each call, and who has waited longest
    // here is also the one whose deadline is nearest to being missed anyway.
    this.places = new Semaphore(limit);
  }

  void enter() throws InterruptedException {
    places.acquire();
  }

  /** A place that is free at once, or none. */
  boolean tryEnter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  int active() {
    return limit - places.availablePermits();
  }
}
