package io.wholechart.admission;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request that waits for its turn. Its state is guarded by the lock of the admission. */
final class Waiter {
  private enum State {
    WAITING,
    ADMITTED,
    GONE
  }

  private final CountDownLatch called = new CountDownLatch(1);
  private State state = State.WAITING;

  boolean isWaiting() {
    return state == State.WAITING;
  }

  boolean isAdmitted() {
    return state == State.ADMITTED;
  }

  void admit() {
    state = State.ADMITTED;
    called.countDown();
  }

  void giveUp() {
    state = State.GONE;
  }

  void await(Duration patience) throws InterruptedException {
    var _ = called.await(patience.toNanos(), TimeUnit.NANOSECONDS); // the state tells
  }
}
