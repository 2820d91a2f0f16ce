package io.wholechart.journal;

import io.wholechart.journal.Receipt.NotDurable;
import io.wholechart.journal.Receipt.Reason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A content on its way to the disk, and the thread that waits for it. */
final class Pending implements Appending {
  private static final Receipt STALLED = new NotDurable(Reason.DISK_STALLED);

  private final byte[] content;
  private final LongSupplier nanosUntilStalled;
  private final CountDownLatch settled = new CountDownLatch(1);
  private @Nullable Receipt receipt; // published by the latch

  /**
   * @param nanosUntilStalled how long from now the disk may go on with what it does until it counts
   *     as hung
   */
  Pending(byte[] content, LongSupplier nanosUntilStalled) {
    this.content = content;
    this.nanosUntilStalled = nanosUntilStalled;
  }

  byte[] content() {
    return content;
  }

  /** Called once, by whoever took it out of the queue. */
  void settle(Receipt receipt) {
    this.receipt = receipt;
    settled.countDown();
  }

  @Override
  public Receipt await(Duration within) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      long patience = nanosUntilStalled.getAsLong();
      if (settled.await(Math.min(left, patience), TimeUnit.NANOSECONDS)) {
        Receipt known = receipt;
        return known == null ? STALLED : known;
      }
      if (left <= 0 || patience <= 0) {
        return STALLED;
      }
    }
  }
}
