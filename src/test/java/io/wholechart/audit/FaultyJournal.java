package io.wholechart.audit;

import io.wholechart.journal.FaultyDisk;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** An audit log on a disk that fails or hangs, for tests of what callers then see. */
public final class FaultyJournal {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final FaultyDisk disk;
  private final AuditLog log;

  private FaultyJournal(
      FaultyDisk disk, AuditSettings settings, Metrics metrics, Duration stalledAfter) {
    this.disk = disk;
    try {
      this.log =
          AuditLog.open(
              settings,
              metrics,
              events -> disk.openSound(settings.journal(), events, 100, stalledAfter),
              InstantSource.system(),
              System::nanoTime);
      disk.arm();
    } catch (JournalUnavailableException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing fails so far. */
  public static FaultyJournal sound(Path directory, Metrics metrics) {
    return sound(new AuditSettings(directory), metrics);
  }

  static FaultyJournal sound(AuditSettings settings, Metrics metrics) {
    return sound(settings, metrics, LONG);
  }

  /**
   * @param stalledAfter how long a sync takes until the disk counts as hung
   */
  static FaultyJournal sound(AuditSettings settings, Metrics metrics, Duration stalledAfter) {
    return new FaultyJournal(new FaultyDisk(), settings, metrics, stalledAfter);
  }

  /** From now on no write succeeds. */
  public void fail() {
    disk.fill(true);
  }

  /** They do again. */
  public void mend() {
    disk.fill(false);
  }

  /** The next sync hangs until {@link #release}. */
  public void hang() {
    disk.hang();
  }

  /** The n-th sync hangs until {@link #release}. */
  public static FaultyJournal hangingSync(int n, Path directory, Metrics metrics) {
    return new FaultyJournal(
        new FaultyDisk().hangingForce(n), new AuditSettings(directory), metrics, LONG);
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
