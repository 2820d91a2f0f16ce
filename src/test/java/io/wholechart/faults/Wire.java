package io.wholechart.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection to a source, as the source has it: what it reads, writes, and how it ends it. */
final class Wire {
  private static final int LONGEST_HEAD = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final byte[] head = new byte[LONGEST_HEAD];
  private int asked;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
  }

  /** The next request's first line, or null where the service has hung up. */
  @Nullable String request() throws IOException {
    int length = 0;
    while (!isWhole(length)) {
      int more = length < head.length ? in.read(head, length, head.length - length) : -1;
      if (more < 0) {
        return null;
      }
      length += more;
    }
    int end = 0;
    while (head[end] != '\r') {
      end++;
    }
    asked++;
    return new String(head, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Whether this connection has been asked before. */
  boolean isReused() {
    return asked > 1;
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void write(byte[] bytes, int from, int to) throws IOException {
    out.write(bytes, from, to - from);
  }

  /** Waits until the service hangs up, and throws away what it says until then. */
  void untilHungUp() {
    try {
      while (in.read(head) >= 0) {
        // whatever it says
      }
    } catch (IOException e) {
      // hung up by a reset, or by us
    }
  }

  /** Ends it with a reset, so that the service's next read fails. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Nobody asks again before there is an answer, so that nothing stands behind a head's end. */
  private boolean isWhole(int length) {
    return length >= 4
        && head[length - 4] == '\r'
        && head[length - 3] == '\n'
        && head[length - 2] == '\r'
        && head[length - 1] == '\n';
  }
}
