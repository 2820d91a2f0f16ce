package io.wholechart.http;

import io.wholechart.tls.TlsFiles;
import io.wholechart.tls.TlsSettings;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TLS of a listening socket, by the files as they are when a client connects. */
final class ListenerTls {
  private final TlsFiles files;
  private final boolean isClientKnown;

  private ListenerTls(TlsFiles files, boolean isClientKnown) {
    this.files = files;
    this.isClientKnown = isClientKnown;
  }

  static @Nullable ListenerTls of(@Nullable TlsSettings settings) throws IOException {
    return settings == null
        ? null
        : new ListenerTls(TlsFiles.open(settings, System::nanoTime), settings.trustFile() != null);
  }

  TlsWire wire(Supplier<byte @Nullable []> in, Consumer<byte[]> out) {
    return new TlsWire(files.context(), isClientKnown, in, out);
  }
}
