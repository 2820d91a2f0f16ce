package io.wholechart.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An encoded record on its way to the disk, and the thread that waits for it. */
final class Pending {
  private final byte[] record;
  private final CountDownLatch settled = new CountDownLatch(1);
  private @Nullable Receipt receipt; // published by the latch

  Pending(byte[] record) {
    this.record = record;
  }

  byte[] record() {
    return record;
  }

  /** Called once, by whoever took it out of the queue. */
  void settle(Receipt receipt) {
    this.receipt = receipt;
    settled.countDown();
  }

  /** What became of it, if that is known within the time. */
  Optional<Receipt> await(Duration within) throws InterruptedException {
    return settled.await(within.toNanos(), TimeUnit.NANOSECONDS)
        ? Optional.ofNullable(receipt)
        : Optional.empty();
  }
}
