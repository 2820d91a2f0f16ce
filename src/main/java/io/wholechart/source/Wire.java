package io.wholechart.source;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Connection} stands on, as the client wants to see it.
 *
 * <p>The client's own socket keeps a buffer of 8 KiB as long as it is open. Those of four sources
 * were a third of what a request holds while it waits for them, and a crowd of such requests is
 * what fills the heap. Here a buffer is one read's, and small while the source takes its time.
 */
final class Wire implements HelidonSocket {
  /** A head, or most of it. What of a body comes with it is copied once more. */
  private static final int FIRST_READ = 1024;

  private static final int FURTHER_READ = 8 * 1024;

  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;
  private final boolean isSecure;
  private final String id;

  /**
   * @param socket the channel's own, or TLS over it
   */
  Wire(SocketChannel channel, Socket socket, boolean isSecure) throws IOException {
    this.channel = channel;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.isSecure = isSecure;
    this.id = Integer.toHexString(channel.hashCode());
  }

  /** For whoever reads past the client. */
  InputStream in() {
    return in;
  }

  /**
   * Waits for bytes.
   *
   * @param isFirst whether they begin an answer, for which there may be a long wait
   * @return null where there will be none
   */
  byte @Nullable [] read(boolean isFirst) {
    byte[] bytes = new byte[isFirst ? FIRST_READ : FURTHER_READ];
    try {
      int count = in.read(bytes);
      return count < 0 ? null : count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte @Nullable [] get() {
    return read(false);
  }

  @Override
  public void write(BufferData buffer) {
    buffer.writeTo(out);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isConnected() {
    return channel.isOpen();
  }

  @Override
  public boolean isSecure() {
    return isSecure;
  }

  @Override
  public String socketId() {
    return "client";
  }

  @Override
  public String childSocketId() {
    return id;
  }

  /** Without effect: who is at the other end of an idle connection is looked at before its use. */
  @Override
  public void idle() {}

  @Override
  @Deprecated
  @SuppressWarnings("removal")
  public int read(BufferData buffer) {
    return buffer.readFrom(in);
  }

  @Override
  public PeerInfo remotePeer() {
    throw new UnsupportedOperationException("nobody asks a connection to a source");
  }

  @Override
  public PeerInfo localPeer() {
    throw new UnsupportedOperationException("nobody asks a connection to a source");
  }
}
