package io.wholechart.http;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.Purpose;
import io.wholechart.audit.Recorded;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records requests that were turned away in a flood, because there were too many, their caller's
 * were, or nobody knows whose they are: the first of every second one by one, and the rest in
 * summaries that say how many they stand for.
 *
 * <p>A flood that was recorded one by one would fill the disk with lines that say the same. But no
 * answer leaves without its record here either. So a summary is short: whoever comes first waits
 * for a moment and counts those who join, writes the one record, and none of them is answered
 * before it is on disk. That costs such a request some hundredths of a second. Summaries of a whole
 * second, for which answers do not wait, were rejected: what a crash takes along would have been
 * answered and not recorded, and the counts would not add up.
 */
final class FloodRecords {
  private static final int ONE_BY_ONE = 20;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Duration GATHER = Duration.ofMillis(25);

  private final AuditLog audit;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Summary> open = new HashMap<>();
  private long secondBegan;
  private int inSecond;

  FloodRecords(AuditLog audit, LongSupplier nanoTime) {
    this.audit = audit;
    this.nanoTime = nanoTime;
    this.secondBegan = nanoTime.getAsLong();
  }

  /** What requests must have in common to stand in one summary. */
  private record Key(Agent agent, Purpose purpose, String interaction, @Nullable String problem) {}

  private static final class Summary {
    final CountDownLatch written = new CountDownLatch(1);
    int requests = 1;
    volatile @Nullable Recorded receipt; // none: its writer was interrupted
  }

  /** Returns when the record, or the summary that counts it, is on disk or will not be. */
  Recorded append(Outcome record) throws InterruptedException {
    if (isOneByOne()) {
      return audit.append(record);
    }
    AccessRequest request = record.request();
    var key =
        new Key(
            request.agent(), request.purpose(), request.interaction(), record.answer().problem());
    @Nullable Summary joined = join(key);
    return joined == null ? write(key, record) : await(joined);
  }

  private boolean isOneByOne() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (now - secondBegan >= SECOND) {
        secondBegan = now;
        inSecond = 0;
      }
      return ++inSecond <= ONE_BY_ONE;
    } finally {
      lock.unlock();
    }
  }

  /** The summary that now counts this one too; null where it has to write one itself. */
  private @Nullable Summary join(Key key) {
    lock.lock();
    try {
      @Nullable Summary summary = open.get(key);
      if (summary == null) {
        open.put(key, new Summary());
        return null;
      }
      summary.requests++;
      return summary;
    } finally {
      lock.unlock();
    }
  }

  private Recorded write(Key key, Outcome first) throws InterruptedException {
    @Nullable Summary summary = null;
    try {
      Thread.sleep(GATHER);
      summary = close(key);
      Recorded receipt =
          audit.append(
              summary.requests == 1
                  ? first
                  : first.summary(UUID.randomUUID().toString(), summary.requests));
      summary.receipt = receipt;
      return receipt;
    } finally {
      (summary == null ? close(key) : summary).written.countDown();
    }
  }

  private Summary close(Key key) {
    lock.lock();
    try {
      return Objects.requireNonNull(open.remove(key), "opened by this thread");
    } finally {
      lock.unlock();
    }
  }

  private static Recorded await(Summary summary) throws InterruptedException {
    summary.written.await();
    @Nullable Recorded receipt = summary.receipt;
    if (receipt == null) {
      throw new InterruptedException("whether the summary is on disk is not known");
    }
    return receipt;
  }
}
