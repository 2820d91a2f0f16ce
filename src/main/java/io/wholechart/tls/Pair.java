package io.wholechart.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two keys are one pair. A store takes any two, and then no handshake comes to an end. */
final class Pair {
  private static final byte[] TEXT = {1, 2, 3};

  private Pair() {}

  static void require(PrivateKey ours, PublicKey certified, Path file)
      throws IOException, GeneralSecurityException {
    String algorithm =
        switch (ours.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> ours.getAlgorithm(); // Ed25519 and its like sign by their own name
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(ours);
    signature.update(TEXT);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(TEXT);
    if (!signature.verify(signed)) {
      throw new IOException(file + " is not the key of the certificate");
    }
  }
}
