package io.wholechart.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says once a minute that the log is alive, so that a silence in it is evidence. */
final class Heartbeats implements AutoCloseable {
  private static final Duration PACE = Duration.ofMinutes(1);

  private final Runnable beat;
  private @Nullable Thread thread;

  Heartbeats(Runnable beat) {
    this.beat = beat;
  }

  void start() {
    thread = Thread.ofVirtual().name("audit-heartbeat").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PACE);
        beat.run();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
