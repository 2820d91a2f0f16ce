package io.wholechart.audit;

import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.SpoolSettings;
import io.wholechart.shipping.SinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code audit}.
 *
 * @param directory where the journal is kept; made if it is not there
 * @param node whose journal it is; a random name that is kept with it, if none is given
 * @param signingKey the file with the key that checkpoints are signed with; made if it is not there
 * @param checkpoints where else they go; nowhere, if that is not given
 * @param encryptionKey the file with the key by which segments are encrypted; readable, if none
 * @param segmentBytes from which size on a new segment is begun
 * @param retention how long it is kept; {@code audit retain} drops what is older
 * @param spool where the records of emergencies go while the journal cannot be written; nowhere, if
 *     that is not given
 * @param emergencyPolicy what becomes of emergencies whose records can be kept nowhere
 * @param emergencyBounds how many of them are served, if they are
 * @param sinks where the journal is shipped to; nowhere, if that is not given
 */
public record AuditSettings(
    Path directory,
    @Nullable String node,
    Path signingKey,
    @Nullable Checkpoints checkpoints,
    @Nullable Path encryptionKey,
    int segmentBytes,
    Period retention,
    @Nullable SinkSettings sinks,
    @Nullable Spool spool,
    EmergencyPolicy emergencyPolicy,
    EmergencyBounds emergencyBounds) {
  /** Six years, which HIPAA asks for (45 CFR 164.316). */
  private static final Period RETENTION = Period.ofYears(6);

  /**
   * The block {@code audit.checkpoints}.
   *
   * @param copyTo a file that gets every checkpoint too: on another disk, best on another machine
   */
  public record Checkpoints(@Nullable Path copyTo) {}

  /**
   * The block {@code audit.spool}.
   *
   * @param file best on another disk than the journal; made if it is not there
   * @param size all of which it takes from the beginning
   */
  public record Spool(Path file, int size) {
    public Spool {
      var _ = new SpoolSettings(file, size);
    }

    SpoolSettings settings() {
      return new SpoolSettings(file, size);
    }
  }

  /**
   * The block {@code audit.emergencyBounds}: what comes first ends it, until the journal is written
   * again.
   */
  public record EmergencyBounds(int reads, Duration time) {
    public EmergencyBounds {
      if (reads < 1 || reads > 100) {
        throw new IllegalArgumentException("reads must be 1 to 100");
      }
      if (!time.isPositive() || time.compareTo(Duration.ofMinutes(15)) > 0) {
        throw new IllegalArgumentException("time must be longer than zero and at most 15m");
      }
    }
  }

  public AuditSettings {
    var _ = journal(directory, node, signingKey, checkpoints, encryptionKey, segmentBytes);
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("retention must be longer than zero");
    }
  }

  /**
   * With everything but the directory left to its default; but the key is kept inside it, and
   * nobody is answered whose record is not on disk.
   */
  public AuditSettings(Path directory) {
    this(
        directory,
        null,
        directory.resolve("keys").resolve("audit-ed25519.pem"),
        null,
        null,
        JournalSettings.SEGMENT_BYTES,
        RETENTION,
        null,
        null,
        EmergencyPolicy.DENY,
        new EmergencyBounds(100, Duration.ofMinutes(15)));
  }

  /** The same with a reserve for emergencies. */
  public AuditSettings reserve(@Nullable Spool other, EmergencyPolicy policy) {
    return new AuditSettings(
        directory,
        node,
        signingKey,
        checkpoints,
        encryptionKey,
        segmentBytes,
        retention,
        sinks,
        other,
        policy,
        emergencyBounds);
  }

  public JournalSettings journal() {
    return journal(directory, node, signingKey, checkpoints, encryptionKey, segmentBytes);
  }

  private static JournalSettings journal(
      Path directory,
      @Nullable String node,
      Path signingKey,
      @Nullable Checkpoints checkpoints,
      @Nullable Path encryptionKey,
      int segmentBytes) {
    return new JournalSettings(
        directory,
        node,
        signingKey,
        checkpoints == null ? null : checkpoints.copyTo(),
        encryptionKey,
        segmentBytes);
  }
}
