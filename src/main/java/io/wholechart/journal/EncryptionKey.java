package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The file with the key by which segments are encrypted at rest. */
final class EncryptionKey {
  private static final int BYTES = 32;

  private EncryptionKey() {}

  static byte[] read(Path file) throws IOException {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(Files.readString(file, US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      throw new IOException("the encryption key in " + file + " is not base64", e);
    }
    if (key.length != BYTES) {
      throw new IOException("the encryption key in " + file + " has not 32 bytes");
    }
    return key;
  }
}
