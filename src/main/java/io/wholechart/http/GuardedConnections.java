package io.wholechart.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's HTTP/1.1 with our bounds around it. It is the only protocol of the socket, so that
 * no byte has to be waited for to tell which one a connection speaks: the server waits for that one
 * without any bound.
 */
final class GuardedConnections implements ServerConnectionSelector {
  private final ServerConnectionSelector http1;
  private final StageTimes times;
  private final EdgeWatch watch;
  private final @Nullable ListenerTls tls;

  GuardedConnections(
      EdgeSettings settings, StageTimes times, EdgeWatch watch, @Nullable ListenerTls tls) {
    this.tls = tls;
    this.times = times;
    this.watch = watch;
    var config =
        Http1Config.builder()
            .maxPrologueLength(settings.maxUriBytes())
            .maxHeadersSize(settings.maxHeaderBytes())
            .addReceiveListener(new Received(new RequestHeads(settings.maxHeaders())))
            .addSendListener(new Sent())
            .build();
    this.http1 = Http1ConnectionSelector.builder().config(config).build();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var guarded = new GuardedConnection(context, times, tls);
    return new Watched(guarded, http1.connection(guarded));
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  private final class Watched implements ServerConnection, InterruptableTask<Void> {
    private final GuardedConnection guarded;
    private final ServerConnection delegate;

    Watched(GuardedConnection guarded, ServerConnection delegate) {
      this.guarded = guarded;
      this.delegate = delegate;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      watch.add(guarded);
      try {
        delegate.handle(limit);
      } finally {
        guarded.end();
        watch.remove(guarded);
      }
    }

    @Override
    public boolean canInterrupt() {
      return delegate instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    @Override
    public Duration idleTime() {
      return delegate.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      delegate.close(interrupt);
    }
  }

  private record Received(RequestHeads heads) implements Http1ConnectionListener {
    @Override
    public void headers(ConnectionContext context, Headers headers) {
      ((GuardedConnection) context).headRead();
      heads.check(headers);
    }
  }

  private static final class Sent implements Http1ConnectionListener {
    @Override
    public void status(ConnectionContext context, Status status) {
      ((GuardedConnection) context).answering();
    }
  }
}
