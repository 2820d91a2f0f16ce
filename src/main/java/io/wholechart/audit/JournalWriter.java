package io.wholechart.audit;

import io.wholechart.audit.Receipt.Durable;
import io.wholechart.audit.Receipt.NotDurable;
import io.wholechart.audit.Receipt.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes all records that wait, writes them together, syncs once, and only then lets
 * their threads go on.
 *
 * <p>The thread owns the file, also its closing: an interrupt while a thread is inside a
 * FileChannel closes it for everybody, and request threads are interrupted at every deadline.
 *
 * <p>A write or sync that failed is never tried again on the same file. After a failed sync Linux
 * takes the pages for clean, so that a second sync succeeds and proves nothing.
 */
final class JournalWriter {
  static final int BATCH_BYTES = 1 << 20;

  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final Pending WAKE = new Pending(new byte[0]);

  private enum State {
    OPEN,
    CLOSING,
    CLOSED,
    FAILED
  }

  private final JournalFile file;
  private final Chain chain;
  private final Duration bound;
  private final ArrayBlockingQueue<Pending> queue;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Thread thread;
  private volatile long diskBusySince; // nanoTime, or 0 while nothing is being written

  // The thread's own.
  private final ByteBuffer lines = ByteBuffer.allocateDirect(BATCH_BYTES);
  private final List<Pending> batch = new ArrayList<>();

  private JournalWriter(JournalFile file, Chain chain, Duration bound, int queueCapacity) {
    this.file = file;
    this.chain = chain;
    this.bound = bound;
    this.queue = new ArrayBlockingQueue<>(queueCapacity);
    // A daemon: when the disk hangs for good, the process must still be able to end.
    this.thread = Thread.ofPlatform().name("audit-journal").daemon().unstarted(this::run);
  }

  static JournalWriter start(JournalFile file, Chain chain, Duration bound, int queueCapacity) {
    var writer = new JournalWriter(file, chain, bound, queueCapacity);
    writer.thread.start();
    return writer;
  }

  Receipt append(byte[] record) throws InterruptedException {
    Optional<Reason> refusal = refusal();
    if (refusal.isPresent()) {
      return new NotDurable(refusal.get());
    }
    var pending = new Pending(record);
    if (!queue.offer(pending)) {
      return new NotDurable(Reason.QUEUE_FULL);
    }
    if (hasEnded()) {
      refuseQueued(); // the thread may have looked into the queue for the last time before
    }
    return pending.await(bound).orElse(new NotDurable(Reason.DISK_STALLED));
  }

  boolean isWritable() {
    return refusal().isEmpty();
  }

  int queued() {
    return queue.size();
  }

  /** Takes no more records, writes those that wait; false if the disk did not let it in time. */
  boolean close() {
    if (state.compareAndSet(State.OPEN, State.CLOSING)) {
      queue.offer(WAKE); // if it does not fit, the thread is awake
    }
    boolean isInterrupted = false;
    long end = System.nanoTime() + bound.toNanos();
    while (true) {
      try {
        return thread.join(Duration.ofNanos(end - System.nanoTime()));
      } catch (InterruptedException e) {
        isInterrupted = true;
      } finally {
        if (isInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private Optional<Reason> refusal() {
    return switch (state.get()) {
      case OPEN -> isDiskStalled() ? Optional.of(Reason.DISK_STALLED) : Optional.empty();
      case CLOSING, CLOSED -> Optional.of(Reason.CLOSED);
      case FAILED -> Optional.of(Reason.DISK_FAILED);
    };
  }

  private boolean isDiskStalled() {
    long since = diskBusySince;
    return since != 0 && System.nanoTime() - since > bound.toNanos();
  }

  private void run() {
    State end = State.FAILED;
    try {
      while (state.get() == State.OPEN || !queue.isEmpty()) {
        takeBatch();
        writeBatch();
      }
      end = State.CLOSED;
    } catch (IOException | InterruptedException | RuntimeException e) {
      log.error("The audit journal failed; nothing is answered any more: {}", e.toString());
    } finally {
      end(end);
    }
  }

  private void takeBatch() throws InterruptedException {
    batch.clear();
    batch.add(queue.take());
    queue.drainTo(batch);
    batch.remove(WAKE);
  }

  private void writeBatch() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    long first = chain.seq() + 1;
    diskBusySince = System.nanoTime() | 1;
    for (Pending pending : batch) {
      if (lines.remaining() < Chain.LONGEST_LINE) {
        write();
      }
      chain.link(pending.record(), lines);
    }
    write();
    file.force();
    diskBusySince = 0;
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).settle(new Durable(first + i));
    }
    batch.clear();
  }

  private void write() throws IOException {
    lines.flip();
    while (lines.hasRemaining()) {
      if (file.write(lines) <= 0) {
        throw new IOException("the disk takes no bytes");
      }
    }
    lines.clear();
  }

  private boolean hasEnded() {
    return switch (state.get()) {
      case OPEN, CLOSING -> false;
      case CLOSED, FAILED -> true;
    };
  }

  private void end(State end) {
    state.set(end); // first, so that nobody adds to the queue unseen
    diskBusySince = 0;
    batch.forEach(pending -> pending.settle(new NotDurable(Reason.DISK_FAILED)));
    refuseQueued();
    try {
      file.close();
    } catch (IOException e) {
      log.warn("The audit journal's file did not close: {}", e.toString());
    }
  }

  private void refuseQueued() {
    Reason reason = refusal().orElse(Reason.CLOSED);
    for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
      pending.settle(new NotDurable(reason));
    }
  }
}
