package io.wholechart.journal;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a journal is kept.
 *
 * @param directory made if it is not there
 * @param node whose journal it is; null for a random name that is made once and kept beside it
 * @param signingKey a file with an Ed25519 key as PEM (PKCS #8); made if it is not there
 * @param checkpointCopy a file that gets every checkpoint too; null for none
 * @param encryptionKey a file with 32 bytes in base64; null where lines are kept readable
 * @param segmentBytes from which size on a new segment is begun
 */
public record JournalSettings(
    Path directory,
    @Nullable String node,
    Path signingKey,
    @Nullable Path checkpointCopy,
    @Nullable Path encryptionKey,
    long segmentBytes) {
  public static final int SEGMENT_BYTES = 64 << 20;
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  public JournalSettings {
    if (node != null && !isNode(node)) {
      throw new IllegalArgumentException(
          "node is 1 to 63 letters, digits or any of ._- and begins with a letter or digit");
    }
    if (segmentBytes < 4096) {
      throw new IllegalArgumentException("segmentBytes must be at least 4KiB");
    }
  }

  /** With everything but the places left to its default. */
  public static JournalSettings in(Path directory, Path signingKey) {
    return new JournalSettings(directory, null, signingKey, null, null, SEGMENT_BYTES);
  }

  static boolean isNode(String name) {
    return NODE.matcher(name).matches();
  }
}
