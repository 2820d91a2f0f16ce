package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** A public key by which notes of one name are checked, as C2SP signed-note writes it. */
final class VerifierKey {
  static final int KEY_BYTES = 32;
  static final int ID_BYTES = 4;
  private static final byte ED25519 = 1;
  private static final byte[] X509_PREFIX = Hex.bytes("302a300506032b6570032100");

  private final String name;
  private final byte[] publicKey;
  private final byte[] id;

  VerifierKey(String name, byte[] publicKey) {
    this.name = name;
    this.publicKey = publicKey.clone();
    MessageDigest sha256 = Hashing.sha256();
    sha256.update((name + "\n").getBytes(UTF_8));
    sha256.update(ED25519);
    this.id = Arrays.copyOf(sha256.digest(publicKey), ID_BYTES);
  }

  /** The key that this text is the one spelling of, if it is. */
  static Optional<VerifierKey> parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      byte[] typed = Base64.getDecoder().decode(parts[2]);
      if (typed.length != 1 + KEY_BYTES) {
        return Optional.empty();
      }
      var key = new VerifierKey(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
      return key.text().equals(text) ? Optional.of(key) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String text() {
    byte[] typed = new byte[1 + KEY_BYTES];
    typed[0] = ED25519;
    System.arraycopy(publicKey, 0, typed, 1, KEY_BYTES);
    return name + "+" + Hex.text(id) + "+" + Base64.getEncoder().encodeToString(typed);
  }

  String name() {
    return name;
  }

  byte[] id() {
    return id.clone();
  }

  /** How a record of the journal names it. */
  String word() {
    return "ed25519:" + Hex.text(publicKey);
  }

  boolean isOf(SigningKey key) {
    return Arrays.equals(publicKey, key.publicKey());
  }

  boolean hasSigned(byte[] text, byte[] signature) {
    try {
      byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + KEY_BYTES);
      System.arraycopy(publicKey, 0, encoded, X509_PREFIX.length, KEY_BYTES);
      PublicKey key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(text);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // no signature, or no point of the curve
    }
  }
}
