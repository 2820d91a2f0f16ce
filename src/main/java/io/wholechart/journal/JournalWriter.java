package io.wholechart.journal;

import io.wholechart.journal.Receipt.Durable;
import io.wholechart.journal.Receipt.NotDurable;
import io.wholechart.journal.Receipt.Reason;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One thread that takes all contents that wait, writes them together, syncs once, and only then
 * lets their threads go on.
 *
 * <p>The thread owns the file, also its closing: an interrupt while a thread is inside a
 * FileChannel closes it for everybody, and request threads are interrupted at every deadline.
 *
 * <p>A write or sync that failed is never tried again on the same file. After a failed sync Linux
 * takes the pages for clean, so that a second sync succeeds and proves nothing. So a writer whose
 * disk failed is dead, and its journal goes on, if at all, with another writer on another file.
 */
final class JournalWriter {
  static final int BATCH_BYTES = 1 << 20;

  private static final Log log = Log.of(JournalWriter.class);

  private enum State {
    OPEN,
    CLOSING,
    CLOSED,
    FAILED
  }

  private final Segment.Place place;
  private final Limits limits;
  private final JournalEvents events;
  private final Consumer<Tip> durable;
  private final ArrayBlockingQueue<Pending> queue;
  private final Pending wake = new Pending(new byte[0], () -> 0);
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final Thread thread;
  private volatile long diskBusySince; // nanoTime, or 0 while nothing is being written
  private volatile Tip tip;

  // The thread's own.
  private Segment segment;
  private final CompactRange tree;
  private final ByteBuffer lines = ByteBuffer.allocate(BATCH_BYTES + 2 * Chain.LONGEST_LINE);
  private final List<Pending> batch = new ArrayList<>();
  private final List<byte[]> leaves = new ArrayList<>();
  private int settled; // of the batch

  private JournalWriter(
      Segment.Place place,
      Segment segment,
      Tip tip,
      Limits limits,
      JournalEvents events,
      Consumer<Tip> durable) {
    this.place = place;
    this.segment = segment;
    this.tip = tip;
    this.tree = tip.tree().copy();
    this.limits = limits;
    this.events = events;
    this.durable = durable;
    this.queue = new ArrayBlockingQueue<>(limits.queueCapacity());
    // A daemon: when the disk hangs for good, the process must still be able to end.
    this.thread = Thread.ofPlatform().name("audit-journal").daemon().unstarted(this::run);
  }

  /**
   * Begins a segment behind this tip, and a thread that writes it.
   *
   * @param durable hears of every batch that is on disk, on the writer's thread
   */
  static JournalWriter start(
      Segment.Place place, Tip tip, Limits limits, JournalEvents events, Consumer<Tip> durable)
      throws IOException {
    Segment segment = Segment.create(place, tip);
    var writer = new JournalWriter(place, segment, tip, limits, events, durable);
    writer.thread.start();
    return writer;
  }

  /**
   * When a segment is full, the queue, and the patience.
   *
   * @param stalledAfter how long one batch may take until the disk counts as hung
   */
  record Limits(long segmentBytes, int queueCapacity, Duration stalledAfter) {}

  Appending append(byte[] content) {
    Optional<Reason> refusal = refusal();
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    var pending = new Pending(content, this::nanosUntilStalled);
    if (!queue.offer(pending)) {
      return refused(Reason.QUEUE_FULL);
    }
    if (hasEnded()) {
      refuseQueued(); // the thread may have looked into the queue for the last time before
    }
    return pending;
  }

  private static Appending refused(Reason reason) {
    return _ -> new NotDurable(reason);
  }

  JournalState state() {
    return switch (state.get()) {
      case OPEN -> nanosUntilStalled() <= 0 ? JournalState.STALLED : JournalState.WRITABLE;
      case CLOSING, CLOSED -> JournalState.CLOSED;
      case FAILED -> JournalState.FAILED;
    };
  }

  /** What is on disk. */
  Tip tip() {
    return tip;
  }

  int queued() {
    return queue.size();
  }

  /** Takes nothing more, writes what waits; false if the disk did not let it in time. */
  boolean close(Duration within) {
    if (state.compareAndSet(State.OPEN, State.CLOSING)) {
      queue.offer(wake); // if it does not fit, the thread is awake
    }
    return Threads.join(thread, within);
  }

  /** Whether its thread is done with the file. */
  boolean hasLetGo() {
    return Threads.join(thread, Duration.ZERO);
  }

  /** Cuts a dead writer's file back to {@link #tip}, where its thread could not. */
  void cutBack() throws IOException {
    segment.cutBack();
  }

  private Optional<Reason> refusal() {
    return switch (state()) {
      case WRITABLE -> Optional.empty();
      case STALLED -> Optional.of(Reason.DISK_STALLED);
      case FAILED -> Optional.of(Reason.DISK_FAILED);
      case CLOSED -> Optional.of(Reason.CLOSED);
    };
  }

  private long nanosUntilStalled() {
    long since = diskBusySince;
    long limit = limits.stalledAfter().toNanos();
    return since == 0 ? limit : limit - (System.nanoTime() - since);
  }

  private void run() {
    State end = State.FAILED;
    try {
      while (state.get() == State.OPEN || !queue.isEmpty()) {
        takeBatch();
        while (settled < batch.size()) {
          writeSome();
        }
      }
      end = State.CLOSED;
    } catch (IOException | InterruptedException | RuntimeException e) {
      log.error(
          "The audit journal's file failed; nothing more is written to it: {}", Safe.ofFile(e));
    } finally {
      end(end);
    }
  }

  private void takeBatch() throws InterruptedException {
    batch.clear();
    settled = 0;
    batch.add(queue.take());
    queue.drainTo(batch);
    batch.remove(wake);
  }

  /** Writes as much of the batch as one sync is for, and settles it. */
  private void writeSome() throws IOException {
    long start = System.nanoTime();
    lines.clear();
    leaves.clear();
    while (settled + leaves.size() < batch.size() && lines.position() < BATCH_BYTES) {
      leaves.add(segment.link(batch.get(settled + leaves.size()).content(), lines));
    }
    diskBusySince = System.nanoTime() | 1; // what we take ourselves is not the disk's
    segment.write(lines.flip());
    segment.sync();
    segment.checkInPlace();
    diskBusySince = 0;
    settle(Duration.ofNanos(System.nanoTime() - start));
    rotateIfFull();
  }

  private void settle(Duration took) {
    leaves.forEach(tree::add);
    long first = tip.seq() + 1;
    tip = new Tip(segment.chain().hash(), tree.copy());
    durable.accept(tip); // first: whoever is told that it is durable finds it so everywhere
    for (int i = 0; i < leaves.size(); i++) {
      batch.get(settled++).settle(new Durable(first + i, place.epoch()));
    }
    events.synced(leaves.size(), took);
  }

  private void rotateIfFull() throws IOException {
    if (segment.size() >= limits.segmentBytes()) {
      diskBusySince = System.nanoTime() | 1;
      Segment full = segment;
      segment = Segment.create(place, tip);
      full.close();
      diskBusySince = 0;
    }
  }

  private boolean hasEnded() {
    return switch (state.get()) {
      case OPEN, CLOSING -> false;
      case CLOSED, FAILED -> true;
    };
  }

  private void end(State end) {
    state.set(end); // first, so that nobody adds to the queue unseen
    for (Pending pending : batch.subList(settled, batch.size())) {
      pending.settle(new NotDurable(Reason.DISK_FAILED));
    }
    refuseQueued();
    try {
      segment.abandon();
    } catch (IOException e) {
      log.warn("The audit journal's file did not close: {}", Safe.ofFile(e));
    }
    diskBusySince = 0;
    if (end == State.FAILED) {
      events.failed();
    }
  }

  private void refuseQueued() {
    Reason reason = refusal().orElse(Reason.CLOSED);
    for (Pending pending = queue.poll(); pending != null; pending = queue.poll()) {
      pending.settle(new NotDurable(reason));
    }
  }
}
