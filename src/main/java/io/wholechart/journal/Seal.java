package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts the lines of one segment, each by itself, so that a torn tail costs no other line.
 *
 * <p>Every file has a key of its own, made from its random salt, and is written by one writer from
 * its beginning to its end and never gone on with. So the number of a line within its file is a
 * nonce that is used once, also where a line was cut off and its number given away again: that
 * happens in another file. Not for several threads.
 */
final class Seal {
  static final int SALT_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final byte[] LABEL = "wholechart journal segment".getBytes(US_ASCII);

  private final SecretKeySpec key;
  private final Cipher cipher;
  private long next;

  Seal(byte[] masterKey, byte[] salt) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(new SecretKeySpec(masterKey, "HmacSHA256"));
      hmac.update(salt);
      this.key = new SecretKeySpec(hmac.doFinal(LABEL), "AES");
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM and HMAC-SHA256", e);
    }
  }

  /** The next line of the file, without its line feed. */
  byte[] seal(byte[] line, int from, int to) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(next));
      byte[] sealed = cipher.doFinal(line, from, to - from);
      next++;
      return Base64.getEncoder().encode(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a line of any content can be encrypted", e);
    }
  }

  /** The next line of the file, if it is that; stays where it is if not. */
  Optional<byte[]> open(byte[] sealed, int from, int to) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(next));
      byte[] bytes = Base64.getDecoder().decode(Arrays.copyOfRange(sealed, from, to));
      byte[] line = cipher.doFinal(bytes);
      // One spelling alone: base64 has spare bits at its end.
      if (!Arrays.equals(Base64.getEncoder().encode(bytes), Arrays.copyOfRange(sealed, from, to))) {
        return Optional.empty();
      }
      next++;
      return Optional.of(line);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Passes over a line without looking at it. */
  void skip() {
    next++;
  }

  private static GCMParameterSpec nonce(long number) {
    return new GCMParameterSpec(
        TAG_BITS, ByteBuffer.allocate(NONCE_BYTES).putLong(NONCE_BYTES - 8, number).array());
  }
}
