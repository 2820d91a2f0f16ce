package io.wholechart;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire between the service and a source that notes when the service hangs up. It passes every
 * byte on and makes none of its own: what a source does is the source's.
 */
final class Relay implements AutoCloseable {
  private final URI target;
  private final int port;
  private volatile ServerSocket server;
  private volatile Thread acceptor;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * A connection, and when the service ended it, in {@link System#nanoTime} ({@code 0} while open).
   */
  static final class Connection {
    private final Socket service;
    private volatile long hungUpAt;
    private volatile boolean isEndedByTarget;

    private Connection(Socket service) {
      this.service = service;
    }

    boolean isHungUp() {
      return hungUpAt != 0 && !isEndedByTarget;
    }

    long hungUpAt() {
      return hungUpAt;
    }
  }

  Relay(String targetUrl) throws IOException {
    target = URI.create(targetUrl);
    server = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
    port = server.getLocalPort();
    acceptor = accept(server);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** The connections that were made since the last call. */
  List<Connection> drain() {
    List<Connection> drained = List.copyOf(connections);
    connections.removeAll(drained);
    return drained;
  }

  List<Connection> connections() {
    return connections;
  }

  /** Refuses connections, as the source behind does. */
  void down() throws IOException, InterruptedException {
    server.close();
    acceptor.join(); // as long as it is at it, one more may get in
  }

  void up() throws IOException {
    if (server.isClosed()) {
      var again = new ServerSocket();
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
      server = again;
      acceptor = accept(again);
    }
  }

  /** Ends the connections that are idle, so that none outlives a change of scene. */
  void cut() {
    connections.forEach(c -> close(c.service));
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private Thread accept(ServerSocket from) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            while (true) {
              Socket service = from.accept();
              service.setTcpNoDelay(true);
              Thread.ofVirtual().start(() -> join(service));
            }
          } catch (IOException e) {
            // closed
          }
        });
  }

  private void join(Socket service) {
    var connection = new Connection(service);
    connections.add(connection);
    try (service;
        var source = new Socket(target.getHost(), target.getPort())) {
      source.setTcpNoDelay(true);
      Thread back =
          Thread.ofVirtual()
              .start(() -> {
                boolean isReset = !pump(source, service);
                if (connection.hungUpAt == 0) {
                  connection.isEndedByTarget = true;
                }
                end(service, isReset);
              });
      pump(service, source);
      connection.hungUpAt = System.nanoTime();
      close(source);
      back.join();
    } catch (IOException e) {
      connection.isEndedByTarget = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the stream ended in order, and not by a reset. */
  private static boolean pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void end(Socket socket, boolean isReset) {
    try {
      if (isReset) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // closed already
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
