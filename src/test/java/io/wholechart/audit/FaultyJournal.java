package io.wholechart.audit;

import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;

/** An audit log on a disk that fails or hangs, for tests of what callers then see. */
public final class FaultyJournal {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final FaultyFile file;
  private final AuditLog log;

  private FaultyJournal(FaultyFile file, Path directory, Metrics metrics) {
    this.file = file;
    try {
      this.log = AuditLog.open(new AuditSettings(directory), metrics, file.opener(), LONG, 100);
    } catch (AuditUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The n-th write fails, after some of it got to the disk. */
  public static FaultyJournal failingWrite(int n, Path directory, Metrics metrics) {
    return new FaultyJournal(new FaultyFile().failingWrite(n), directory, metrics);
  }

  /** The n-th sync hangs until {@link #release}. */
  public static FaultyJournal hangingSync(int n, Path directory, Metrics metrics) {
    return new FaultyJournal(new FaultyFile().hangingForce(n), directory, metrics);
  }

  public AuditLog log() {
    return log;
  }

  public void awaitHang() throws InterruptedException {
    file.awaitHang();
  }

  public void release() {
    file.release();
  }
}
