package io.wholechart.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS between a connection's bytes and what is on the wire; the connection's own thread reads and
 * writes.
 *
 * <p>The server's own is not used. It asks DNS in reverse for the name of every client, which holds
 * a carrier thread for as long as that takes; its other kind of socket shakes hands before anybody
 * watches the time, leaves out whether a client needs a certificate, and cannot be closed under a
 * write that hangs. Here all that is read and written passes the watch, a handshake included, and
 * cutting a connection is closing its socket.
 */
final class TlsWire {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final List<String> HTTP_1_1 = List.of("http/1.1");
  private static final int RECORDS = 4; // that are written at once

  private final SSLEngine engine;
  private final Supplier<byte @Nullable []> in;
  private final Consumer<byte[]> out;
  private ByteBuffer received = ByteBuffer.allocate(0);
  private ByteBuffer plain;

  /**
   * @param isClientKnown whether the client must show a certificate that we trust
   * @param in what comes next from the wire; null at its end
   */
  TlsWire(
      SSLContext context,
      boolean isClientKnown,
      Supplier<byte @Nullable []> in,
      Consumer<byte[]> out) {
    this.in = in;
    this.out = out;
    engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    var parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setApplicationProtocols(HTTP_1_1.toArray(new String[0]));
    parameters.setUseCipherSuitesOrder(true);
    if (isClientKnown) {
      parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  /** What the client says; null when it has no more to say, or breaks off. */
  byte @Nullable [] read() throws SSLException {
    while (true) {
      plain.clear();
      SSLEngineResult result = engine.unwrap(received, plain);
      if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
        if (!receive()) {
          return null;
        }
      } else if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        plain = ByteBuffer.allocate(2 * plain.capacity());
      } else if (result.getStatus() == Status.CLOSED) {
        return null;
      } else if (!goOn(result)) {
        return null;
      }
      if (plain.position() > 0) {
        return Arrays.copyOf(plain.array(), plain.position());
      }
    }
  }

  void write(byte[] bytes) throws SSLException {
    var source = ByteBuffer.wrap(bytes);
    while (source.hasRemaining()) {
      if (!wrap(source)) {
        throw new SSLException("closed");
      }
    }
  }

  /** Says that nothing more comes, so that the client knows that nothing was cut off. */
  void end() throws SSLException {
    engine.closeOutbound();
    wrap(ByteBuffer.allocate(0));
  }

  /** Tells the client why it is refused, where the engine has something to say. */
  void refuse() {
    try {
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        wrap(ByteBuffer.allocate(0));
      }
    } catch (SSLException e) {
      // then not
    }
  }

  /** What a handshake wants next; false where the wire has ended. */
  private boolean goOn(SSLEngineResult result) throws SSLException {
    HandshakeStatus status = result.getHandshakeStatus();
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          for (var task = engine.getDelegatedTask();
              task != null;
              task = engine.getDelegatedTask()) {
            task.run();
          }
        }
        case NEED_WRAP -> {
          if (!wrap(ByteBuffer.allocate(0))) {
            return false;
          }
        }
        case NEED_UNWRAP -> {
          return received.hasRemaining() || result.bytesProduced() > 0 || receive();
        }
        case NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
          return true;
        }
      }
      status = engine.getHandshakeStatus();
    }
  }

  private boolean receive() {
    byte @Nullable [] more = in.get();
    if (more == null) {
      return false;
    }
    var both = ByteBuffer.allocate(received.remaining() + more.length);
    received = both.put(received).put(more).flip();
    return true;
  }

  /** Sends records of what there is, or one of the handshake; false where all is closed. */
  private boolean wrap(ByteBuffer source) throws SSLException {
    int record = engine.getSession().getPacketBufferSize();
    var sealed = ByteBuffer.allocate(source.remaining() < record ? 2 * record : RECORDS * record);
    Status status;
    do {
      status = engine.wrap(source, sealed).getStatus();
    } while (status == Status.OK && source.hasRemaining() && sealed.remaining() >= record);
    if (sealed.position() > 0) {
      out.accept(Arrays.copyOf(sealed.array(), sealed.position()));
    }
    return status != Status.CLOSED;
  }
}
