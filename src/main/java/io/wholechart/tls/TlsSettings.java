package io.wholechart.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A block {@code tls}: PEM files, which are read again when they change.
 *
 * @param certificateFile ours, and behind it those up to the authority
 * @param keyFile of our certificate; PKCS #8, without a password
 * @param trustFile the authorities by which we know the other side; for a server, whose callers
 *     then must show a certificate
 */
public record TlsSettings(
    @Nullable Path certificateFile, @Nullable Path keyFile, @Nullable Path trustFile) {
  public TlsSettings {
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException(
          (keyFile == null ? "keyFile" : "certificateFile")
              + " is missing: a certificate and its key go together");
    }
    if (certificateFile == null && trustFile == null) {
      throw new IllegalArgumentException("trustFile is missing, as is everything else");
    }
  }
}
