package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is needed to read a journal: nothing, or the key by which it is encrypted. */
public final class ReadKeys {
  private final byte @Nullable [] encryption;

  private ReadKeys(byte @Nullable [] encryption) {
    this.encryption = encryption;
  }

  public static ReadKeys none() {
    return new ReadKeys(null);
  }

  /** With the encryption key in this file; null for none. */
  public static ReadKeys of(@Nullable Path encryptionKey) throws IOException {
    return new ReadKeys(encryptionKey == null ? null : EncryptionKey.read(encryptionKey));
  }

  byte @Nullable [] encryption() {
    return encryption;
  }
}
