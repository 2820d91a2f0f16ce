package io.wholechart.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One caller's connection, kept alive; one request at a time. */
final class LoadConnection {
  private static final int LONGEST_HEAD = 16 * 1024;

  private final SocketChannel channel;
  private final StringBuilder head = new StringBuilder();
  private long bodyLeft;
  private boolean isInBody;
  private volatile long since; // nanoTime from which the answer's latency counts

  /** What an answer's head says. */
  record Answer(int status, boolean isWhole, long since) {}

  private Answer current = new Answer(0, false, 0);

  private LoadConnection(SocketChannel channel) {
    this.channel = channel;
  }

  static LoadConnection open(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_LINGER, 0); // thousands of them leave no TIME_WAIT
    return new LoadConnection(channel);
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * Sends a request.
   *
   * @param since from when its latency counts
   */
  void send(ByteBuffer request, long since) throws IOException {
    head.setLength(0);
    isInBody = false;
    this.since = since; // last: whoever reads it first sees the rest
    if (channel.write(request) == 0 || request.hasRemaining()) {
      throw new IOException("a request of a few bytes does not fit into the socket");
    }
  }

  /**
   * Reads what is there.
   *
   * @return the answer, when that was its end
   */
  Optional<Answer> read(ByteBuffer buffer) throws IOException {
    long from = since;
    while (true) {
      buffer.clear();
      int read = channel.read(buffer);
      if (read < 0) {
        throw new EOFException("the service hung up");
      }
      if (read == 0) {
        return Optional.empty();
      }
      buffer.flip();
      if (!isInBody) {
        readHead(buffer, from);
      }
      if (isInBody) {
        bodyLeft -= buffer.remaining();
        if (bodyLeft <= 0) {
          return Optional.of(current);
        }
      }
    }
  }

  private void readHead(ByteBuffer buffer, long from) throws IOException {
    while (buffer.hasRemaining()) {
      head.append((char) (buffer.get() & 0xff));
      int length = head.length();
      if (head.charAt(length - 1) == '\n' && length > 3 && head.charAt(length - 3) == '\n') {
        isInBody = true;
        parseHead(head.toString().toLowerCase(Locale.ROOT), from);
        return;
      }
      if (length > LONGEST_HEAD) {
        throw new IOException("no end of the answer's head");
      }
    }
  }

  private void parseHead(String text, long from) throws IOException {
    int status = Integer.parseInt(text.substring(9, 12));
    String length = header(text, "content-length: ");
    if (length.isEmpty()) {
      throw new IOException("an answer without a Content-Length, which this client needs");
    }
    bodyLeft = Long.parseLong(length);
    current = new Answer(status, header(text, "x-completeness: ").startsWith("1"), from);
  }

  private static String header(String text, String name) {
    int at = text.indexOf("\r\n" + name);
    int from = at + 2 + name.length();
    return at < 0 ? "" : text.substring(from, text.indexOf('\r', from)).strip();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone, which is all that was wanted
    }
  }

  static ByteBuffer request(String target, int port, String authorization) {
    byte[] bytes =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: application/json\r\n%s\r\n"
            .formatted(
                target,
                port,
                authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }
}
