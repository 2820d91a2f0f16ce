package io.wholechart.http;

import io.wholechart.tls.TlsSettings;
import org.jspecify.annotations.Nullable;

/**
 * The blocks {@code server} and {@code admin}: an address to listen on; port 0 takes any free one.
 *
 * @param tls or none, and whoever listens in reads along
 */
public record SocketSettings(String host, int port, @Nullable TlsSettings tls) {
  public SocketSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must lie between 0 and 65535");
    }
    if (tls != null && tls.certificateFile() == null) {
      throw new IllegalArgumentException(
          "tls has no certificateFile: a server shows who it is, and then may ask who comes");
    }
  }
}
