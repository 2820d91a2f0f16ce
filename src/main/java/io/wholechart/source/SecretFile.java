package io.wholechart.source;

import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.source.SourceSettings.Auth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.LongSupplier;

/**
 * A password or token in a file, which is looked at again every second and whenever it is refused:
 * whoever changes it there need not start us anew. While the file cannot be used, the last secret
 * is.
 */
final class SecretFile implements Credentials {
  private static final Log LOG = Log.of(SecretFile.class);
  private static final Duration REST = Duration.ofSeconds(1);

  private final Auth auth;
  private final LongSupplier ticker;
  private volatile Shown.Header header;
  private volatile long readAt;
  private volatile boolean isBroken;

  /**
   * @throws IOException when it cannot be read, or is not one line
   */
  SecretFile(Auth auth, LongSupplier ticker) throws IOException {
    this.auth = auth;
    this.ticker = ticker;
    this.header = header(auth);
    this.readAt = ticker.getAsLong();
  }

  @Override
  public Shown current() {
    if (ticker.getAsLong() - readAt >= REST.toNanos()) {
      readAgain();
    }
    return header;
  }

  @Override
  public boolean isWorthAnother(Shown.Header refused) {
    if (header.equals(refused)) {
      readAgain();
    }
    return !header.equals(refused);
  }

  private void readAgain() {
    readAt = ticker.getAsLong(); // first: others need not read it too
    try {
      header = header(auth);
      isBroken = false;
    } catch (IOException e) {
      if (!isBroken) { // once, and not every second
        LOG.warn(
            "{} cannot be used any more; the secret that it held before is",
            Safe.file(auth.secretFile()));
      }
      isBroken = true;
    }
  }

  /** The only line of a file. */
  static String line(Path file) throws IOException {
    String secret = Files.readString(file).strip();
    if (secret.isEmpty() || secret.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IOException(file + " does not hold one line");
    }
    return secret;
  }

  private static Shown.Header header(Auth auth) throws IOException {
    String secret = line(auth.secretFile());
    return new Shown.Header(
        auth.type() == Auth.Type.BASIC
            ? "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
            : "Bearer " + secret);
  }
}
