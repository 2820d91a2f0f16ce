package io.wholechart.admission;

import java.util.concurrent.atomic.AtomicBoolean;

/** A place of a request that is being served; to be closed when its answer has left. */
public final class Place implements AutoCloseable {
  private final Runnable giveBack;
  private final AtomicBoolean isGivenBack = new AtomicBoolean();

  Place(Runnable giveBack) {
    this.giveBack = giveBack;
  }

  @Override
  public void close() {
    if (isGivenBack.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
