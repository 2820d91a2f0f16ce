package io.wholechart.source;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.SocketWriter;
import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ClientConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a source, one call's at a time.
 *
 * <p>It stands on a channel rather than on the client's own connection, for what only a channel
 * tells without waiting: whether the source has hung up meanwhile, and whether it has said
 * something that nobody asked for. The client watches an idle connection with a thread that reads;
 * the byte which that thread finds begins the next call's answer, whoever it was meant for.
 */
final class Connection implements ClientConnection {
  private static final List<String> HTTP_1_1 = List.of("http/1.1");
  private static final int HEAD = 64 * 1024; // more than any header that is accepted
  private static final int LARGEST_READ = 64 * 1024;
  private static final byte[] HTTP = "HTTP/".getBytes(StandardCharsets.US_ASCII);

  /** Where connections lead: what may be used again for one may be used again for the other. */
  record Origin(String scheme, String host, int port) {
    static Origin of(URI url) {
      boolean isTls = "https".equals(url.getScheme());
      int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
      return new Origin(url.getScheme(), url.getHost(), port);
    }

    boolean isTls() {
      return scheme.equals("https");
    }
  }

  private final Origin origin;
  private final SocketChannel channel;
  private final Wire wire;
  private DataReader reader;
  private final DataWriter writer;
  private boolean isReadToItsEnd;
  private boolean isTaken; // the body, past the client
  private long heard; // bytes of the answer under way
  private long mostToHear;
  private boolean isHttp;
  private long idleSince;

  private Connection(Origin origin, SocketChannel channel, Wire wire) {
    this.origin = origin;
    this.channel = channel;
    this.wire = wire;
    this.reader = newReader();
    this.writer = SocketWriter.create(wire);
  }

  /**
   * Connects; the thread's interrupt ends the attempt, and later whatever it waits for here.
   *
   * @param longest for the connection, and again for the TLS handshake
   */
  static Connection open(Origin origin, InetAddress host, Tls tls, Duration longest)
      throws IOException {
    var address = new InetSocketAddress(host, origin.port());
    int millis = Math.toIntExact(longest.toMillis());
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().setTcpNoDelay(true);
      channel.socket().connect(address, millis);
      if (!origin.isTls()) {
        return new Connection(origin, channel, new Wire(channel, channel.socket(), false));
      }
      channel.socket().setSoTimeout(millis);
      SSLSocket secure = secure(origin, tls, channel.socket());
      secure.startHandshake();
      channel.socket().setSoTimeout(0);
      return new Connection(origin, channel, new Wire(channel, secure, true));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * By the name as configured: for an address without one the JDK would ask DNS in reverse, and
   * look for what DNS says in the certificate.
   */
  private static SSLSocket secure(Origin origin, Tls tls, Socket socket) {
    var named = InetSocketAddress.createUnresolved(origin.host(), origin.port());
    return tls.createSocket(HTTP_1_1, socket, named);
  }

  Origin origin() {
    return origin;
  }

  /**
   * A call begins: what is heard from now on is its answer.
   *
   * @param mostBytes how long its body may be
   */
  void begin(int mostBytes) {
    isReadToItsEnd = false;
    isTaken = false;
    heard = 0;
    mostToHear = mostBytes + mostBytes / 4L + HEAD; // a quarter for what stands around chunks
    isHttp = true;
  }

  /** Whether nothing of the answer has come yet. */
  boolean isSilent() {
    return heard == 0;
  }

  /** Whether what has come, if anything, began as an HTTP answer does. */
  boolean isHttp() {
    return isHttp;
  }

  /**
   * Whether the next call may use it: the last answer was read to its end, and nothing came after.
   */
  boolean isClean() {
    return isReadToItsEnd && reader.available() == 0 && channel.isOpen();
  }

  void rest(long now) {
    idleSince = now;
    if (isClean()) { // or a new one would hide what was not read
      reader = newReader();
    }
  }

  /**
   * One for each answer. It reads into a chain whose links point to what was read after them: the
   * first one that had grown old with the connection would keep every byte that ever came over it,
   * until the old generation is collected.
   */
  private DataReader newReader() {
    return DataReader.create(this::hear);
  }

  Duration idleAt(long now) {
    return Duration.ofNanos(now - idleSince);
  }

  /**
   * Whether the source has neither hung up nor said anything since it was last used. Over TLS, a
   * late session ticket also looks like speech, and costs no more than a new connection.
   */
  boolean isAlive() {
    try {
      channel.configureBlocking(false);
      boolean isQuiet = channel.read(ByteBuffer.allocate(1)) == 0;
      channel.configureBlocking(true);
      return isQuiet;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads the body past the client, into one array: the client's stream copies it three times on
   * its way there.
   *
   * @param isKept whether the source wants to go on after this answer
   * @return what came, which is less where the source broke off
   */
  byte[] takeBody(int length, boolean isKept) throws IOException {
    byte[] body = new byte[length];
    int count = fill(reader, wire.in(), body, 0, length);
    if (count < length) {
      return Arrays.copyOf(body, count);
    }
    taken(isKept);
    return body;
  }

  /** The same for a body in chunks, which does not say how long it is. */
  byte[] takeChunks(int mostBytes, boolean isKept) throws IOException {
    byte[] body = new ChunkedBody(reader, wire.in(), mostBytes).read();
    taken(isKept);
    return body;
  }

  private void taken(boolean isKept) {
    isTaken = true;
    isReadToItsEnd = isKept;
  }

  /** Returns how much came, which is less where the source broke off. */
  static int fill(DataReader reader, InputStream in, byte[] into, int from, int length)
      throws IOException {
    int count = Math.min(length, reader.available());
    if (count > 0) { // for none it would wait
      reader.readBuffer(count).read(into, from, count);
    }
    while (count < length) {
      // In steps, since the channel keeps a buffer of its own as long as the longest.
      int more = in.read(into, from + count, Math.min(length - count, LARGEST_READ));
      if (more < 0) {
        return count;
      }
      count += more;
    }
    return count;
  }

  /** More came than the call wants. The client would read a chunk whole, however long it is. */
  static final class OverheardException extends RuntimeException {
    OverheardException() {
      super("more than mostBytes", null, false, false);
    }
  }

  private byte @Nullable [] hear() {
    byte[] bytes = wire.read(isSilent());
    if (bytes != null) {
      for (int i = 0; i < bytes.length && heard + i < HTTP.length; i++) {
        isHttp &= bytes[i] == HTTP[(int) heard + i];
      }
      heard += bytes.length;
      if (heard > mostToHear) {
        throw new OverheardException();
      }
    }
    return bytes;
  }

  @Override
  public DataReader reader() {
    return reader;
  }

  @Override
  public DataWriter writer() {
    return writer;
  }

  @Override
  public String channelId() {
    return wire.childSocketId();
  }

  @Override
  public HelidonSocket helidonSocket() {
    return wire;
  }

  /**
   * Without effect: what ends a wait here is the interrupt. A timeout would be no net under it, and
   * for each read that waits a timer that is set and taken back, each with a call of the system.
   */
  @Override
  public void readTimeout(Duration timeout) {}

  /** The client has read an answer to its end, and the source wants to go on. */
  @Override
  public void releaseResource() {
    isReadToItsEnd = true;
  }

  /**
   * The client has not; whoever took the connection gives it back in a moment, and it is closed.
   */
  @Override
  public void closeResource() {
    isReadToItsEnd &= isTaken;
  }

  void close() {
    wire.close();
  }
}
