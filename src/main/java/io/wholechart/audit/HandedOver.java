package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.journal.Appending;
import io.wholechart.journal.Journal;
import io.wholechart.journal.Receipt;
import io.wholechart.journal.Spool;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way: to the journal; where that takes it not in time, and it is an emergency's,
 * to the spool; where that does not either, and the policy lets it, to memory.
 */
final class HandedOver implements Recording {
  private final Places places;
  private final AuditRecord record;
  private final boolean isEmergency;
  private final Patience patience;
  private @Nullable Appending toJournal;
  private @Nullable Appending toSpool;
  private long access; // the number of one that is kept nowhere; 0 while it is none

  /** Where records can go. */
  record Places(
      Journal journal, Outage outage, @Nullable Spool spool, Numbers numbers, Metrics metrics) {
    boolean isJournalOpen() {
      return !outage.isOpen() && journal.isWritable();
    }

    boolean isSpoolOpen() {
      return spool != null && spool.isWritable();
    }

    Keeping keeping() {
      if (isJournalOpen()) {
        return Keeping.JOURNAL;
      }
      if (isSpoolOpen()) {
        return Keeping.SPOOL;
      }
      return outage.hasRoom() ? Keeping.VOLATILE : Keeping.NONE;
    }
  }

  HandedOver(Places places, AuditRecord record, Patience patience) {
    this.places = places;
    this.record = record;
    this.isEmergency = isEmergency(record);
    this.patience = patience;
    if (places.isJournalOpen() && (places.numbers.isKnown(record) || !places.isSpoolOpen())) {
      toJournal = places.journal.append(RecordText.encode(places.numbers.resolved(record)));
    } else if (isEmergency) {
      elsewhere();
    }
  }

  /**
   * Those that are granted to be one; also how an answer to one ended, if that is told by number.
   */
  private static boolean isEmergency(AuditRecord record) {
    return switch (record) {
      case AuditRecord.Intent intent -> isEmergency(intent.request());
      case AuditRecord.Outcome outcome -> isEmergency(outcome.request());
      case AuditRecord.Ended ended -> Numbers.isSpooled(ended.of());
      default -> false;
    };
  }

  private static boolean isEmergency(AccessRequest request) {
    return "emergency".equals(request.purpose().urgencyGranted());
  }

  Patience patience() {
    return patience;
  }

  @Override
  public boolean isRefused() {
    return toJournal == null && toSpool == null && access == 0;
  }

  @Override
  public Recorded await() throws InterruptedException {
    long since = System.nanoTime();
    Recorded recorded = awaitPlaces();
    switch (recorded) {
      case Recorded.Durable _ ->
          places.metrics.auditDurable(Duration.ofNanos(System.nanoTime() - since));
      case Recorded.Spooled _ -> places.metrics.auditSpooled();
      case Recorded.Volatile _ -> places.metrics.auditVolatile();
      case Recorded.NotDurable _ -> places.metrics.auditFailed();
    }
    return recorded;
  }

  /**
   * A spool is turned to early, since it keeps a record as well as the journal does. Memory does
   * not, and having to tell of it stops everybody else: so it is turned to only when the journal's
   * disk has failed or is found to hang, which ends the waiting for it.
   */
  private Recorded awaitPlaces() throws InterruptedException {
    Recorded kept = new Recorded.NotDurable();
    if (toJournal != null && isEmergency && places.isSpoolOpen()) {
      kept = awaitJournal(toJournal, patience.next());
      if (!isKept(kept)) {
        elsewhere();
      }
    }
    if (!isKept(kept) && toSpool != null) {
      kept = awaitSpool(toSpool);
    }
    if (!isKept(kept) && toJournal != null) {
      kept = awaitJournal(toJournal, Journal.DURABLE_WITHIN);
    }
    if (!isKept(kept) && isEmergency) {
      kept = unkept();
    }
    return kept;
  }

  private static boolean isKept(Recorded recorded) {
    return !(recorded instanceof Recorded.NotDurable);
  }

  private Recorded awaitJournal(Appending appending, Duration within) throws InterruptedException {
    return await(appending, within) instanceof Receipt.Durable(long seq, _)
        ? new Recorded.Durable(
            seq, places.journal.node() + ";seq=" + seq + ";size=" + places.journal.checkpointSize())
        : new Recorded.NotDurable();
  }

  private Recorded awaitSpool(Appending appending) throws InterruptedException {
    return await(appending, patience.next()) instanceof Receipt.Durable(long seq, _)
        ? new Recorded.Spooled(Numbers.SPOOL + seq)
        : new Recorded.NotDurable();
  }

  private Receipt await(Appending appending, Duration within) throws InterruptedException {
    long began = System.nanoTime();
    Receipt receipt = appending.await(within);
    patience.spent(System.nanoTime() - began);
    return receipt;
  }

  private Recorded unkept() {
    count();
    if (access == 0) {
      return new Recorded.NotDurable();
    }
    byte[] content = RecordText.encode(places.numbers.resolved(record));
    places.outage.remember(access, content, toJournal);
    return new Recorded.Volatile(Numbers.VOLATILE + access);
  }

  private void elsewhere() {
    Spool spool = places.spool;
    if (spool != null && spool.isWritable()) {
      byte[] after = ("\"after\":" + places.journal.durableSize() + ",").getBytes(US_ASCII);
      byte[] content = RecordText.encode(record);
      byte[] both = new byte[after.length + content.length];
      System.arraycopy(after, 0, both, 0, after.length);
      System.arraycopy(content, 0, both, after.length, content.length);
      toSpool = spool.append(both);
    } else if (toJournal == null) {
      count();
    }
  }

  /** Counts it with those that are kept nowhere, if it is not counted and may be. */
  private void count() {
    if (access != 0) {
      return;
    }
    long of = Numbers.of(record);
    if (Numbers.isVolatile(of)) {
      access = of - Numbers.VOLATILE; // counted with its intent
    } else if (!(record instanceof AuditRecord.Ended)) {
      OptionalLong admitted = places.outage.admit();
      access = admitted.orElse(0);
    }
  }
}
