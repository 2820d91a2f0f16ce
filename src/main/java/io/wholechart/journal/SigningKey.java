package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The Ed25519 key that checkpoints are signed with, from a file as openssl makes it. */
final class SigningKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final PrivateKey key;
  private final byte[] publicKey;

  private SigningKey(KeyPair pair) {
    this.key = pair.getPrivate();
    byte[] encoded = pair.getPublic().getEncoded();
    this.publicKey =
        Arrays.copyOfRange(encoded, encoded.length - VerifierKey.KEY_BYTES, encoded.length);
  }

  /** Makes the file, for its owner alone, if it is not there. */
  static SigningKey readOrMake(Path file) throws IOException {
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      KeyPair made = pair(new SecureRandom());
      byte[] encoded = made.getPrivate().getEncoded();
      JournalDirectory.write(
          file, "%s\n%s\n%s\n".formatted(BEGIN, Base64.getEncoder().encodeToString(encoded), END));
      return new SigningKey(made);
    }
  }

  static SigningKey read(Path file) throws IOException {
    String pem = Files.readString(file, US_ASCII);
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw unfit(file, null);
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
      byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
      return new SigningKey(pair(new Fixed(seed)));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw unfit(file, e);
    }
  }

  /** The 32 bytes that its signatures are checked with. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] sign(byte[] text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key was fit when it was read", e);
    }
  }

  private static IOException unfit(Path file, @Nullable Exception cause) {
    return new IOException(
        "the signing key in %s is no Ed25519 key as PEM (PKCS #8)".formatted(file), cause);
  }

  private static KeyPair pair(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no Ed25519", e);
    }
  }

  /**
   * Gives a private key's own bytes where the generator asks for random ones: the platform has no
   * other way from a private key to its public one.
   */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
