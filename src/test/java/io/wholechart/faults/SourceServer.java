package io.wholechart.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A source: hardly more than its sockets, and a behaviour that answers what comes on them. */
public final class SourceServer implements AutoCloseable {
  /** Answers one request; whether the connection goes on afterwards. */
  interface Behaviour {
    boolean answer(Asked asked, Wire wire) throws IOException, InterruptedException;
  }

  /**
   * A request.
   *
   * @param what the source's name, or for the pharmacy the type that is asked for
   */
  record Asked(String source, String what, PatientMark patient) {
    static Asked of(String source, String requestLine) {
      String what = source;
      if (source.equals("pharmacy")) {
        int from = requestLine.indexOf("/fhir/") + "/fhir/".length();
        what = requestLine.substring(from, requestLine.indexOf('?', from));
      }
      return new Asked(source, what, PatientMark.in(requestLine));
    }

    RightAnswer right() {
      return RightAnswer.to(what);
    }
  }

  private final String source;
  private final Behaviour behaviour;
  private final boolean isTls;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final LongAdder calls = new LongAdder();
  private final LongAdder reused = new LongAdder();
  private final LongAdder connections = new LongAdder();

  SourceServer(String source, Behaviour behaviour) throws IOException {
    this(source, behaviour, null);
  }

  /**
   * @param tls what it proves itself with; null for plain HTTP
   */
  SourceServer(String source, Behaviour behaviour, @Nullable SSLContext tls) throws IOException {
    this.source = source;
    this.behaviour = behaviour;
    this.isTls = tls != null;
    this.server =
        tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    Thread.startVirtualThread(this::accept);
  }

  String url() {
    return (isTls ? "https" : "http") + "://127.0.0.1:" + port();
  }

  int port() {
    return server.getLocalPort();
  }

  /** Requests that came. */
  long calls() {
    return calls.sum();
  }

  /** Requests that came on a connection on which one had come before. */
  long reused() {
    return reused.sum();
  }

  /** Connections that were ever made. */
  long connections() {
    return connections.sum();
  }

  /** Connections that are open: a source that reads from one sees its end. */
  int open() {
    return open.size();
  }

  /** Hangs up on everybody. */
  void cut() {
    open.forEach(SourceServer::close);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.increment();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var wire = new Wire(socket);
      for (String line = wire.request(); line != null; line = wire.request()) {
        calls.increment();
        if (wire.isReused()) {
          reused.increment();
        }
        if (!behaviour.answer(Asked.of(source, line), wire)) {
          return;
        }
      }
    } catch (IOException e) {
      // the service has hung up, as it may
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // ended already
    }
  }
}
