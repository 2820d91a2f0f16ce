package io.wholechart.audit;

import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: a record that was handed over is on disk when {@link #append} says so, and nothing
 * is answered before.
 *
 * <p>After the disk failed, the log takes nothing more until it is opened anew.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final int QUEUE = 8192;

  private final JournalDirectory directory;
  private final JournalWriter writer;
  private final Metrics metrics;

  private AuditLog(JournalDirectory directory, JournalWriter writer, Metrics metrics) {
    this.directory = directory;
    this.writer = writer;
    this.metrics = metrics;
    metrics.watchAuditQueue(writer::queued);
    metrics.watchAuditWritable(writer::isWritable);
  }

  /**
   * Makes the directory where there is none, keeps other processes out, cuts off a last line that a
   * crash left incomplete, and goes on with the chain.
   */
  public static AuditLog open(AuditSettings settings, Metrics metrics)
      throws AuditUnavailableException {
    return open(settings, metrics, JournalFile::onDisk, AuditSettings.DURABLE_WITHIN, QUEUE);
  }

  static AuditLog open(
      AuditSettings settings,
      Metrics metrics,
      JournalFile.Opener opener,
      Duration bound,
      int queueCapacity)
      throws AuditUnavailableException {
    Path path = settings.directory();
    try {
      JournalDirectory directory = JournalDirectory.hold(path);
      try {
        JournalEnd end = JournalEnd.of(path, directory.journal());
        JournalFile file = mended(opener, directory, end);
        var writer = JournalWriter.start(file, end.chain(), bound, queueCapacity);
        return new AuditLog(directory, writer, metrics);
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    } catch (AuditUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw AuditUnavailableException.because(path, e);
    }
  }

  /**
   * Returns when the record is on disk, or when it is known that it will not be, or is not in time.
   *
   * @throws InterruptedException if the thread was interrupted while it waited: the record may get
   *     to the disk all the same, but the caller does not know it and must not answer
   */
  public Receipt append(FormerRecord record) throws InterruptedException {
    long start = System.nanoTime();
    Receipt receipt = writer.append(FormerText.encode(record));
    switch (receipt) {
      case Receipt.Durable _ -> metrics.auditDurable(Duration.ofNanos(System.nanoTime() - start));
      case Receipt.NotDurable _ -> metrics.auditFailed();
    }
    return receipt;
  }

  /** Whether a record can be expected to become durable now. */
  public boolean isWritable() {
    return writer.isWritable();
  }

  /** Takes no more records, writes those that wait, and lets other processes in. */
  @Override
  public void close() {
    if (!writer.close()) {
      // What hangs may still get to the file, so nobody else may go on with it before we are gone.
      log.error("The audit journal is left locked until this process ends: its disk hangs");
      return;
    }
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("The audit journal's lock was not released: {}", e.toString());
    }
  }

  private static JournalFile mended(
      JournalFile.Opener opener, JournalDirectory directory, JournalEnd end) throws IOException {
    JournalFile file = opener.open(directory.journal());
    try {
      end.mend(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
    if (end.isMendingDue()) {
      log.warn(
          "The audit journal ended in an incomplete line, as a crash leaves it: {} bytes cut off",
          end.size() - end.kept());
    }
    return file;
  }
}
