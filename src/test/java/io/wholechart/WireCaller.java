package io.wholechart;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection to the service, byte by byte: says that an answer is there as soon as its status
 * line is, and keeps nothing of a body, so that thousands can be read at the same time.
 */
final class WireCaller implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  /** All of an answer but its status line. */
  record Rest(Map<String, String> headers, long bodyBytes) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /**
   * @param patience how long to wait for the next byte
   */
  WireCaller(int port, Duration patience) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) patience.toMillis());
    in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
  }

  /** Asks, and returns the status when the whole status line has come. */
  int ask(String path, String requestId) throws IOException {
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: wholechart\r\nX-Request-Id: " + requestId + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return Integer.parseInt(line().split(" ", 3)[1]);
  }

  /** Reads on to the end of the answer. */
  Rest rest() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    long length = Long.parseLong(headers.get("content-length"));
    in.skipNBytes(length);
    return new Rest(headers, length);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("ended in the middle of a line");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }
}
