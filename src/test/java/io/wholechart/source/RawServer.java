package io.wholechart.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of bytes: answers each request with exactly what it is told, HTTP or not. */
final class RawServer implements AutoCloseable {
  /** Writes an answer. When it returns, the connection stays open unless it was closed. */
  interface Script {
    void answer(String requestLine, OutputStream out, Socket socket)
        throws IOException, InterruptedException;
  }

  private final ServerSocket server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
  private final Script script;
  final List<String> requests = new CopyOnWriteArrayList<>();
  final List<Socket> connections = new CopyOnWriteArrayList<>();
  final CountDownLatch disconnected = new CountDownLatch(1);
  final AtomicInteger open = new AtomicInteger();

  RawServer(Script script) throws IOException {
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  /** A script that writes these bytes. */
  static Script saying(String text) {
    return (line, out, socket) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getLocalPort() + path;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    open.incrementAndGet();
    try {
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        requests.add(line);
        while (!in.readLine().isEmpty()) {
          // headers
        }
        script.answer(line, socket.getOutputStream(), socket);
        socket.getOutputStream().flush();
      }
      disconnected.countDown();
    } catch (IOException e) {
      disconnected.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
