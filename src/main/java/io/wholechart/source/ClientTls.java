package io.wholechart.source;

import io.helidon.common.tls.Tls;
import io.wholechart.tls.TlsFiles;
import io.wholechart.tls.TlsSettings;
import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a source is known, and we to it, by the files as they are when we connect. */
final class ClientTls {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private final @Nullable TlsFiles files;
  private volatile Made made;

  private record Made(@Nullable SSLContext of, Tls tls) {}

  private ClientTls(@Nullable TlsFiles files) {
    this.files = files;
    this.made = make(files == null ? null : files.context());
  }

  /** By the JDK's authorities, and without a certificate of ours. */
  static ClientTls usual() {
    return new ClientTls(null);
  }

  /**
   * By files.
   *
   * @throws IOException where they cannot be used
   */
  static ClientTls of(@Nullable TlsSettings settings) throws IOException {
    return settings == null ? usual() : new ClientTls(TlsFiles.open(settings, System::nanoTime));
  }

  Tls tls() {
    if (files == null) {
      return made.tls();
    }
    SSLContext now = files.context();
    Made last = made;
    if (!now.equals(last.of())) {
      last = make(now);
      made = last;
    }
    return last.tls();
  }

  private static Made make(@Nullable SSLContext context) {
    var builder = Tls.builder().enabledProtocols(VERSIONS);
    // One of its own: the default is made once in a JVM, with what was trusted then.
    return new Made(context, (context == null ? builder : builder.sslContext(context)).build());
  }
}
