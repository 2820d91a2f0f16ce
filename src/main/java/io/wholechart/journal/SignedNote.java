package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A text with one signature, after C2SP signed-note.
 *
 * @param text lines, each with its line feed
 * @param name of the key that signed
 * @param id of that key, 4 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record SignedNote(String text, String name, byte[] id, byte[] signature) {
  private static final String DASH = "\u2014 ";
  private static final int SIGNATURE_BYTES = 64;

  static SignedNote sign(String text, SigningKey key, VerifierKey verifier) {
    return new SignedNote(text, verifier.name(), verifier.id(), key.sign(text.getBytes(UTF_8)));
  }

  byte[] encode() {
    byte[] signed = Arrays.copyOf(id, VerifierKey.ID_BYTES + SIGNATURE_BYTES);
    System.arraycopy(signature, 0, signed, VerifierKey.ID_BYTES, SIGNATURE_BYTES);
    return (text + "\n" + DASH + name + " " + Base64.getEncoder().encodeToString(signed) + "\n")
        .getBytes(UTF_8);
  }

  /** The note that these bytes are the one spelling of, if they are. */
  static Optional<SignedNote> decode(byte[] bytes) {
    String note = new String(bytes, UTF_8);
    int blank = note.indexOf("\n\n");
    String line = blank < 0 ? "" : note.substring(blank + 2);
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space < DASH.length() || !line.endsWith("\n")) {
      return Optional.empty();
    }
    try {
      byte[] signed = Base64.getDecoder().decode(line.substring(space + 1, line.length() - 1));
      if (signed.length != VerifierKey.ID_BYTES + SIGNATURE_BYTES) {
        return Optional.empty();
      }
      var decoded =
          new SignedNote(
              note.substring(0, blank + 1),
              line.substring(DASH.length(), space),
              Arrays.copyOf(signed, VerifierKey.ID_BYTES),
              Arrays.copyOfRange(signed, VerifierKey.ID_BYTES, signed.length));
      return Arrays.equals(decoded.encode(), bytes) ? Optional.of(decoded) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isBy(VerifierKey key) {
    return name.equals(key.name()) && Arrays.equals(id, key.id());
  }

  boolean isSignedBy(VerifierKey key) {
    return isBy(key) && key.hasSigned(text.getBytes(UTF_8), signature);
  }
}
