package io.wholechart.admission;

import java.time.Duration;

/**
 * Ticks, on a virtual thread like those of the requests: how late it gets to run is how late they
 * do, and that is the lag.
 */
public final class Pulse implements AutoCloseable {
  private final Thread thread;

  private Pulse(Thread thread) {
    this.thread = thread;
  }

  public static Pulse start(Admission admission) {
    return new Pulse(Thread.ofVirtual().name("admission").start(() -> run(admission)));
  }

  private static void run(Admission admission) {
    try {
      while (true) {
        long due = System.nanoTime() + StartPace.TICK.toNanos();
        Thread.sleep(StartPace.TICK);
        admission.tick(Duration.ofNanos(System.nanoTime() - due));
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
