package io.wholechart.tls;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PEMDecoder;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PEM files. What is in one is in no message: only its name is. */
public final class Pem {
  private static final int LARGEST = 1 << 20;

  private Pem() {}

  /**
   * The private key in a file, which may hold certificates as well.
   *
   * @throws IOException where there is none, more than one, or one under a password
   */
  public static PrivateKey privateKey(Path file) throws IOException {
    @Nullable PrivateKey key = null;
    for (Object item : read(file)) {
      @Nullable PrivateKey found =
          switch (item) {
            case PrivateKey itself -> itself;
            case KeyPair pair -> pair.getPrivate();
            default -> null;
          };
      if (found != null && key != null) {
        throw new IOException(file + " holds more than one private key");
      }
      key = found == null ? key : found;
    }
    if (key == null) {
      throw new IOException(
          file + " holds no private key that can be read: PEM, PKCS #8, without a password");
    }
    return key;
  }

  /**
   * The certificates in a file, in its order.
   *
   * @throws IOException where there is none
   */
  public static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object item : read(file)) {
      if (item instanceof X509Certificate certificate) {
        certificates.add(certificate);
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no certificate (PEM)");
    }
    return List.copyOf(certificates);
  }

  private static List<Object> read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file + " is larger than 1 MiB, which no key is");
    }
    List<Object> items = new ArrayList<>();
    var in = new ByteArrayInputStream(Files.readAllBytes(file));
    try {
      while (in.available() > 0) {
        items.add(PEMDecoder.of().decode(in));
      }
    } catch (EOFException e) {
      return items; // no further one
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not well-formed PEM", e);
    }
    return items;
  }
}
