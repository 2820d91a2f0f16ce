package io.wholechart;

import java.util.concurrent.CountDownLatch;

/**
 * Waits for SIGTERM or Ctrl-C, and holds the process up until everything was closed in its order:
 * the JVM's shutdown hooks run side by side and would not keep one. The process then ends with 128
 * and the signal's number, as the JVM has it: whoever started it sees that it did not end by
 * itself.
 */
final class Termination implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private Termination() {}

  /** To be opened before what it is to outlive. */
  static Termination onSignal() {
    var termination = new Termination();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(termination::hold));
    return termination;
  }

  void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void hold() {
    asked.countDown();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
