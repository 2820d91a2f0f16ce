package io.wholechart.audit;

import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.journal.Receipt;
import io.wholechart.metrics.Metrics;
import java.time.Duration;

/**
 * The audit log: a record that was handed over is on disk when {@link #append} says so, and nothing
 * is answered before.
 */
public final class AuditLog implements AutoCloseable {
  private final Journal journal;
  private final Metrics metrics;

  private AuditLog(Journal journal, Metrics metrics) {
    this.journal = journal;
    this.metrics = metrics;
    metrics.watchAuditQueue(journal::queued);
    metrics.watchAuditWritable(journal::isWritable);
  }

  /** Makes the directory where there is none, keeps other processes out, and goes on. */
  public static AuditLog open(AuditSettings settings, Metrics metrics)
      throws JournalUnavailableException {
    return open(metrics, events -> Journal.open(settings.journal(), events));
  }

  static AuditLog open(Metrics metrics, Opener opener) throws JournalUnavailableException {
    return new AuditLog(opener.open(new JournalEvents() {}), metrics);
  }

  /** How the journal is opened: where tests let a disk fail. */
  interface Opener {
    Journal open(JournalEvents events) throws JournalUnavailableException;
  }

  /**
   * Returns when the record is on disk, or when it is known that it will not be, or is not in time.
   *
   * @throws InterruptedException if the thread was interrupted while it waited: the record may get
   *     to the disk all the same, but the caller does not know it and must not answer
   */
  public Receipt append(FormerRecord record) throws InterruptedException {
    long start = System.nanoTime();
    Receipt receipt = journal.appendDurably(FormerText.encode(record));
    switch (receipt) {
      case Receipt.Durable _ -> metrics.auditDurable(Duration.ofNanos(System.nanoTime() - start));
      case Receipt.NotDurable _ -> metrics.auditFailed();
    }
    return receipt;
  }

  /** Whether a record can be expected to become durable now. */
  public boolean isWritable() {
    return journal.isWritable();
  }

  /** Takes no more records, writes those that wait, and lets other processes in. */
  @Override
  public void close() {
    journal.close();
  }
}
