package io.wholechart.audit;

import io.wholechart.journal.JournalSettings;
import io.wholechart.shipping.SinkSettings;
import java.nio.file.Path;
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
    @Nullable SinkSettings sinks) {
  /** Six years, which HIPAA asks for (45 CFR 164.316). */
  private static final Period RETENTION = Period.ofYears(6);

  /**
   * The block {@code audit.checkpoints}.
   *
   * @param copyTo a file that gets every checkpoint too: on another disk, best on another machine
   */
  public record Checkpoints(@Nullable Path copyTo) {}

  public AuditSettings {
    var _ = journal(directory, node, signingKey, checkpoints, encryptionKey, segmentBytes);
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException("retention must be longer than zero");
    }
  }

  /** With everything but the directory left to its default, and the key kept inside it. */
  public AuditSettings(Path directory) {
    this(
        directory,
        null,
        directory.resolve("keys").resolve("audit-ed25519.pem"),
        null,
        null,
        JournalSettings.SEGMENT_BYTES,
        RETENTION,
        null);
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
