package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Configured;
import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.journal.Appending;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Receipt;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The audit log: a record that was handed over is on disk when {@link #append} says so, and nothing
 * is answered before.
 *
 * <p>It also tells of itself: that it was opened and closed, once a minute that it is alive, that
 * the clock was set, and which accesses the last process left without an end.
 */
public final class AuditLog implements AutoCloseable {
  private static final Log log = Log.of(AuditLog.class);

  private static final Appending REFUSED = _ -> new Receipt.NotDurable(Receipt.Reason.DISK_FAILED);

  private final Journal journal;
  private final Stamps stamps;
  private final OpenSince openSince;
  private final Metrics metrics;
  private final Heartbeats heartbeats;
  private final Outage outage;
  private final Recovery recovery;
  private final AtomicLong sinceHeartbeat = new AtomicLong();

  private AuditLog(
      Journal journal, Outage outage, Stamps stamps, OpenSince openSince, Metrics metrics) {
    this.journal = journal;
    this.outage = outage;
    this.stamps = stamps;
    this.openSince = openSince;
    this.metrics = metrics;
    this.recovery = new Recovery(journal, outage, stamps, metrics);
    this.heartbeats = new Heartbeats(this::beat);
    metrics.watchAuditQueue(journal::queued);
    metrics.watchAuditWritable(this::isWritable);
  }

  /** How a journal is opened, with what hears of it. */
  interface Opening {
    Journal open(JournalEvents events) throws JournalUnavailableException;
  }

  /**
   * Makes the directory where there is none, keeps other processes out, goes on where the last one
   * ended, and records which of its accesses have no end.
   */
  public static AuditLog open(AuditSettings settings, Metrics metrics)
      throws JournalUnavailableException {
    return open(
        settings,
        metrics,
        events -> Journal.open(settings.journal(), events),
        InstantSource.system(),
        System::nanoTime);
  }

  static AuditLog open(
      AuditSettings settings,
      Metrics metrics,
      Opening opening,
      InstantSource clock,
      LongSupplier nanoTime)
      throws JournalUnavailableException {
    var stamps = new Stamps(clock, nanoTime);
    var outage = new Outage(clock);
    Journal journal = opening.open(new Events(stamps, outage));
    var audit = new AuditLog(journal, outage, stamps, new OpenSince(settings.directory()), metrics);
    audit.begin(settings);
    return audit;
  }

  /** The journal's own records are spelled as the others are. */
  private record Events(Stamps stamps, Outage outage) implements JournalEvents {
    @Override
    public void failed() {
      outage.begin();
    }

    @Override
    public byte[] status(String event, String detail) {
      return RecordText.encode(new Status(stamps.stamp(), event, detail));
    }
  }

  private void begin(AuditSettings settings) {
    long end = journal.durableSize();
    String found = "clean";
    try {
      ReadKeys keys = ReadKeys.of(settings.encryptionKey());
      for (long intent : openSince.intents(settings.directory(), keys, end)) {
        note(new Interrupted(stamp(), intent));
        found = "interrupted";
      }
    } catch (IOException e) {
      // Verifying says more, and is no reason to let nobody see a chart.
      log.error("The audit log's last records could not be read: {}", Safe.ofFile(e));
      found = "unreadable";
    }
    started(found);
    openSince.mark(end);
    heartbeats.start();
    recovery.start();
  }

  private void started(String found) {
    try {
      var _ = append(new Status(stamp(), "started", found)); // and what is before it
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Now, by both clocks, for a record that is about to be handed over. */
  public Stamp stamp() {
    Stamp stamp = stamps.stamp();
    long moved = stamps.moved(stamp);
    if (moved != 0) {
      log.warn(
          "The clock was set by {} ms; the audit log's order is that of its numbers",
          Safe.number(moved));
      note(new Status(stamp, "clock-set", moved + "ms"));
    }
    return stamp;
  }

  /** Tells with what the service runs from now on. */
  public void configured(String version, String digest) {
    note(new Configured(stamp(), version, digest));
  }

  /** Hands a record over; never waits for the disk. */
  public Recording handOver(AuditRecord record) {
    boolean isRefused = !isWritable();
    sinceHeartbeat.incrementAndGet();
    Appending appending = outage.isOpen() ? REFUSED : journal.append(RecordText.encode(record));
    return new Handed(appending, isRefused, System.nanoTime());
  }

  /**
   * Returns when the record is on disk, or when it is known that it will not be, or is not in time.
   *
   * @throws InterruptedException if the thread was interrupted while it waited: the record may get
   *     to the disk all the same, but the caller does not know it and must not answer
   */
  public Recorded append(AuditRecord record) throws InterruptedException {
    return handOver(record).await();
  }

  /** Hands over what nobody waits for. Where there is no room for it, it is lost. */
  public void note(AuditRecord record) {
    var _ = handOver(record);
  }

  /** Whether a record can be expected to become durable now. */
  public boolean isWritable() {
    return !outage.isOpen() && journal.isWritable();
  }

  /** How many records are on disk for good. */
  public long durableSize() {
    return journal.durableSize();
  }

  /** How many of them the last checkpoint signs for. */
  public long checkpointSize() {
    return journal.checkpointSize();
  }

  /** Takes no more records, writes those that wait, and lets other processes in. */
  @Override
  public void close() {
    heartbeats.close();
    recovery.close();
    note(new Status(stamp(), "stopped", "in-order"));
    journal.close();
    openSince.mark(journal.durableSize());
  }

  void beat() {
    // itself it does not count
    note(new Heartbeat(stamp(), sinceHeartbeat.getAndSet(-1)));
    openSince.beat(journal.durableSize());
  }

  private final class Handed implements Recording {
    private final Appending appending;
    private final boolean isRefused;
    private final long since;

    private Handed(Appending appending, boolean isRefused, long since) {
      this.appending = appending;
      this.isRefused = isRefused;
      this.since = since;
    }

    @Override
    public boolean isRefused() {
      return isRefused;
    }

    @Override
    public Recorded await() throws InterruptedException {
      return switch (appending.await(Journal.DURABLE_WITHIN)) {
        case Receipt.Durable(long seq, _) -> {
          metrics.auditDurable(Duration.ofNanos(System.nanoTime() - since));
          yield new Recorded.Durable(
              seq, journal.node() + ";seq=" + seq + ";size=" + journal.checkpointSize());
        }
        case Receipt.NotDurable _ -> {
          metrics.auditFailed();
          yield new Recorded.NotDurable();
        }
      };
    }
  }
}
