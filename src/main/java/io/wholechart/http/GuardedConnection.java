package io.wholechart.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server sees it, with a clock beside: reading and writing go through here, so
 * that it is known what the client has been keeping us waiting for, and since when.
 *
 * <p>Only the connection's own thread moves it from stage to stage; the watch looks at the time by
 * which it must have left its stage.
 */
final class GuardedConnection implements ConnectionContext {
  private static final long NEVER = Long.MAX_VALUE;

  private final ConnectionContext delegate;
  private final HelidonSocket socket;
  private final StageTimes times;
  private final DataReader reader;
  private final DataWriter writer;
  private boolean isAnswered;
  private volatile Stage stage = Stage.IDLE;
  private volatile long end;
  private final @Nullable TlsWire tls;

  GuardedConnection(
      ConnectionContext delegate, StageTimes times, @Nullable ListenerTls listenerTls) {
    this.delegate = delegate;
    this.socket = delegate.serverSocket();
    this.times = times;
    this.reader = DataReader.create(this::read);
    this.writer = new Writer();
    this.tls = listenerTls == null ? null : listenerTls.wire(this::fromWire, this::toWire);
    enter(Stage.IDLE);
  }

  Stage stage() {
    return stage;
  }

  boolean isOverdue(long now) {
    long e = end;
    return e != NEVER && now - e > 0;
  }

  /** Closes the socket; the connection's thread hears of it in its read or write. */
  void cut() {
    try {
      socket.close();
    } catch (UncheckedIOException e) {
      // the client was quicker
    }
  }

  /** The headers are there. */
  void headRead() {
    isAnswered = false;
    enter(Stage.SERVED);
  }

  /** The answer begins: what is read from now on is not a body that the answer waits for. */
  void answering() {
    isAnswered = true;
  }

  private void enter(Stage next) {
    stage = next;
    end = next == Stage.SERVED ? NEVER : times.end(next);
  }

  private byte @Nullable [] read() {
    if (stage == Stage.SERVED) {
      enter(isAnswered ? Stage.IDLE : Stage.BODY);
    }
    boolean isBeginning = stage == Stage.IDLE;
    byte @Nullable [] bytes = tls == null ? fromWire() : decrypted(tls);
    if (isBeginning && bytes != null) {
      RequestHeads.checkBeginning(bytes);
    }
    return bytes;
  }

  /** The first bytes of a handshake begin the time for a request's head as well. */
  private byte @Nullable [] fromWire() {
    byte @Nullable [] bytes;
    try {
      bytes = socket.get();
    } catch (UncheckedIOException e) {
      throw new CloseConnectionException("the client has left, or was cut off", e);
    }
    if (stage == Stage.IDLE && bytes != null) {
      enter(Stage.HEAD);
    }
    return bytes;
  }

  private byte @Nullable [] decrypted(TlsWire wire) {
    try {
      return wire.read();
    } catch (SSLException e) {
      wire.refuse();
      throw new CloseConnectionException("no TLS that is spoken here", e);
    }
  }

  private void toWire(byte[] bytes) {
    delegate.dataWriter().writeNow(BufferData.create(bytes));
  }

  private void send(BufferData buffer) {
    if (tls == null) {
      delegate.dataWriter().writeNow(buffer);
      return;
    }
    try {
      tls.write(buffer.readBytes());
    } catch (SSLException e) {
      throw new CloseConnectionException("the client has ended it", e);
    }
  }

  /** The connection has been served; whatever becomes of this, it is closed. */
  void end() {
    if (tls != null) {
      try {
        enter(Stage.WRITE);
        tls.end();
      } catch (SSLException | RuntimeException e) {
        // the client was quicker
      }
    }
  }

  private final class Writer implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
      writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      enter(Stage.WRITE);
      try {
        send(buffer);
      } catch (UncheckedIOException e) {
        throw new CloseConnectionException("the client has left, or was cut off", e);
      } finally {
        enter(Stage.SERVED);
      }
    }

    @Override
    public void flush() {
      delegate.dataWriter().flush();
    }
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return delegate.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return delegate.executor();
  }

  @Override
  public Router router() {
    return delegate.router();
  }

  @Override
  public HelidonSocket serverSocket() {
    return socket;
  }

  @Override
  public PeerInfo remotePeer() {
    return delegate.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return delegate.localPeer();
  }

  @Override
  public boolean isSecure() {
    return tls != null;
  }

  @Override
  public String socketId() {
    return delegate.socketId();
  }

  @Override
  public String childSocketId() {
    return delegate.childSocketId();
  }
}
