package io.wholechart.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a source would send us: it listens, and counts who comes. */
public final class RedirectTarget implements AutoCloseable {
  private final ServerSocket server;
  private final String host;
  private final AtomicInteger visitors = new AtomicInteger();

  private RedirectTarget(InetAddress address, String host) throws IOException {
    this.server = new ServerSocket(0, 50, address);
    this.host = host;
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          server.accept().close();
          visitors.incrementAndGet();
        }
      } catch (IOException e) {
        // closed
      }
    });
  }

  public static RedirectTarget loopback() throws IOException {
    return new RedirectTarget(InetAddress.getLoopbackAddress(), "127.0.0.1");
  }

  /** On a link-local address of this machine, where it has one. */
  static Optional<RedirectTarget> linkLocal() throws IOException {
    Optional<InetAddress> address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> a instanceof Inet6Address && a.isLinkLocalAddress())
            .findFirst();
    return address.map(a -> {
      try {
        return new RedirectTarget(a, "[" + a.getHostAddress().replace("%", "%25") + "]");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  public int port() {
    return server.getLocalPort();
  }

  String url() {
    return "http://" + host + ":" + server.getLocalPort() + "/latest/meta-data/";
  }

  public int visitors() {
    return visitors.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
