package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Configured;
import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Spool;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: a record that was handed over is on disk when {@link #append} says so, and nothing
 * is answered before.
 *
 * <p>It also tells of itself: that it was opened and closed, once a minute that it is alive, that
 * the clock was set, and which accesses the last process left without an end.
 */
public final class AuditLog implements AutoCloseable {
  private static final Log log = Log.of(AuditLog.class);

  private final Journal journal;
  private final Stamps stamps;
  private final OpenSince openSince;
  private final HandedOver.Places places;
  private final Heartbeats heartbeats;
  private final Recovery recovery;
  private final AtomicLong sinceHeartbeat = new AtomicLong();

  private AuditLog(
      HandedOver.Places places, @Nullable SpoolCopy copy, Stamps stamps, OpenSince openSince) {
    Metrics metrics = places.metrics();
    this.places = places;
    this.journal = places.journal();
    this.stamps = stamps;
    this.openSince = openSince;
    this.recovery = new Recovery(places, copy, stamps);
    this.heartbeats = new Heartbeats(this::beat);
    metrics.watchAuditQueue(journal::queued);
    metrics.watchAuditWritable(this::isWritable);
    for (Keeping keeping : Keeping.values()) {
      metrics.watchAuditKeeping(keeping.key(), () -> keeping() == keeping);
    }
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
    var outage = new Outage(settings.emergencyPolicy(), settings.emergencyBounds(), clock);
    Journal journal = opening.open(new Events(stamps, outage));
    var numbers = new Numbers();
    ReadKeys keys = keys(settings);
    AuditSettings.Spool kept = settings.spool();
    Spool spool = kept == null ? null : new Spool(kept.settings(), journal.node(), keys);
    SpoolCopy copy =
        spool == null ? null : new SpoolCopy(spool, journal, settings.directory(), keys, numbers);
    var audit =
        new AuditLog(
            new HandedOver.Places(journal, outage, spool, numbers, metrics),
            copy,
            stamps,
            new OpenSince(settings.directory()));
    audit.begin(settings.directory(), keys);
    return audit;
  }

  private static ReadKeys keys(AuditSettings settings) {
    try {
      return ReadKeys.of(settings.encryptionKey());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the journal was opened with it
    }
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

  private void begin(Path directory, ReadKeys keys) {
    recovery.first();
    long end = journal.durableSize();
    String found = "clean";
    try {
      for (long intent : openSince.intents(directory, keys, end)) {
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
    return handOver(record, new Patience());
  }

  private HandedOver handOver(AuditRecord record, Patience patience) {
    sinceHeartbeat.incrementAndGet();
    return new HandedOver(places, record, patience);
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

  /** The same for what came of what was begun: an emergency has one patience for both. */
  public Recorded append(AuditRecord record, @Nullable Recording begun)
      throws InterruptedException {
    Patience patience = begun instanceof HandedOver before ? before.patience() : new Patience();
    return handOver(record, patience).await();
  }

  /** Hands over what nobody waits for. Where there is no room for it, it is lost. */
  public void note(AuditRecord record) {
    if (handOver(record).isRefused()) {
      places.metrics().auditNoteLost();
    }
  }

  /** Whether a record can be expected to become durable now. */
  public boolean isWritable() {
    return places.isJournalOpen();
  }

  /** Where records go now. */
  public Keeping keeping() {
    return places.keeping();
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
    Spool spool = places.spool();
    if (spool != null) {
      spool.close();
    }
    journal.close();
    openSince.mark(journal.durableSize());
  }

  void beat() {
    // itself it does not count
    note(new Heartbeat(stamp(), sinceHeartbeat.getAndSet(-1)));
    openSince.beat(journal.durableSize());
  }
}
