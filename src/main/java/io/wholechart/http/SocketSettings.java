package io.wholechart.http;

/**
 * The blocks {@code server} and {@code admin}: an address to listen on; port 0 takes any free one.
 */
public record SocketSettings(String host, int port) {
  public SocketSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must lie between 0 and 65535");
    }
  }
}
