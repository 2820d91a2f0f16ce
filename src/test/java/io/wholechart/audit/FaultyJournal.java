package io.wholechart.audit;

import io.wholechart.journal.FaultyDisk;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;

/** An audit log on a disk that fails or hangs, for tests of what callers then see. */
public final class FaultyJournal {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final FaultyDisk disk;
  private final AuditLog log;

  private FaultyJournal(FaultyDisk disk, Path directory, Metrics metrics) {
    this.disk = disk;
    try {
      this.log =
          AuditLog.open(
              metrics,
              events -> disk.open(new AuditSettings(directory).journal(), events, 100, LONG));
    } catch (JournalUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The n-th write fails, after some of it got to the disk. */
  public static FaultyJournal failingWrite(int n, Path directory, Metrics metrics) {
    return new FaultyJournal(new FaultyDisk().failingWrite(n), directory, metrics);
  }

  /** The n-th sync hangs until {@link #release}. */
  public static FaultyJournal hangingSync(int n, Path directory, Metrics metrics) {
    return new FaultyJournal(new FaultyDisk().hangingForce(n), directory, metrics);
  }

  public AuditLog log() {
    return log;
  }

  public void awaitHang() throws InterruptedException {
    disk.awaitHang();
  }

  public void release() {
    disk.release();
  }
}
