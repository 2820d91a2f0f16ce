package io.wholechart.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What came over the wire from a source, for whoever has to show it later.
 *
 * @param httpStatus of the last answer; 0 where there was none
 * @param bytes of all bodies
 * @param sha256 of the body; of several, of what it was of those before, followed by what it is of
 *     the next. None where no body came.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Received(int httpStatus, long bytes, byte @Nullable [] sha256) {
  public static final Received NOTHING = new Received(0, 0, null);

  static Received body(int httpStatus, byte[] body) {
    return body.length == 0
        ? new Received(httpStatus, 0, null)
        : new Received(httpStatus, body.length, hashing().digest(body));
  }

  static Received status(int httpStatus) {
    return new Received(httpStatus, 0, null);
  }

  /** This and then that. */
  public Received and(Received next) {
    return new Received(
        next.httpStatus == 0 ? httpStatus : next.httpStatus,
        bytes + next.bytes,
        folded(sha256, next.sha256));
  }

  /** The digest in hex; null where no body came. */
  public @Nullable String digest() {
    return sha256 == null ? null : HexFormat.of().formatHex(sha256);
  }

  private static byte @Nullable [] folded(byte @Nullable [] before, byte @Nullable [] next) {
    if (before == null || next == null) {
      return before == null ? next : before;
    }
    MessageDigest digest = hashing();
    digest.update(before);
    return digest.digest(next);
  }

  private static MessageDigest hashing() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
