package io.wholechart.hospital;

import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import wiremock.jakarta.servlet.AsyncContext;
import wiremock.jakarta.servlet.DispatcherType;
import wiremock.jakarta.servlet.Filter;
import wiremock.jakarta.servlet.FilterChain;
import wiremock.jakarta.servlet.FilterConfig;
import wiremock.jakarta.servlet.ServletException;
import wiremock.jakarta.servlet.ServletRequest;
import wiremock.jakarta.servlet.ServletResponse;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.org.eclipse.jetty.io.EndPoint;
import wiremock.org.eclipse.jetty.server.Request;
import wiremock.org.eclipse.jetty.servlet.FilterHolder;
import wiremock.org.eclipse.jetty.servlet.ServletContextHandler;

/**
 * Delivers an answer badly when its mapping says so with the header {@code Stub-Delivery: hang},
 * {@code drip} or {@code truncated}, which never reaches the wire.
 *
 * <p>WireMock's own delays were not enough. A dribbled body keeps a thread, sends its headers only
 * with the first piece, and a hung request stays open for minutes after its client has left: under
 * the load that these outages are for, the stubs would run out of threads or descriptors first.
 */
final class FaultyDelivery implements Filter {
  static final String HEADER = "Stub-Delivery";

  private static final int PIECES = 300;
  private static final long DRIP_MILLIS = 90_000;

  private final Set<EndPoint> hung = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("faulty-delivery-", 0).factory());

  /** WireMock's server with this filter before its stubs. */
  static HttpServerFactory servers() {
    return (options, admin, stubs) ->
        new Jetty11HttpServer(options, admin, stubs) {
          @Override
          protected void decorateMockServiceContextBeforeConfig(ServletContextHandler context) {
            FilterHolder holder = new FilterHolder(new FaultyDelivery());
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
          }
        };
  }

  @Override
  public void init(FilterConfig configuration) {
    clock.scheduleWithFixedDelay(this::releaseAbandoned, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HeldAnswer answer = new HeldAnswer((HttpServletResponse) response);
    chain.doFilter(request, answer);
    switch (answer.delivery()) {
      case PROMPT -> {}
      case HANG -> hang(request);
      case DRIP -> drip(request, response, answer.body());
      case TRUNCATED -> truncate(request, response, answer.body());
    }
  }

  @Override
  public void destroy() {
    clock.shutdownNow();
  }

  private void hang(ServletRequest request) {
    request.startAsync().setTimeout(0);
    hung.add(endPoint(request));
  }

  /** Jetty does not read while a request is under way and so never learns that its client left. */
  private void releaseAbandoned() {
    hung.removeIf(end -> {
      if (end.isOpen() && !isLeft(end)) {
        return false;
      }
      end.close();
      return true;
    });
  }

  private static boolean isLeft(EndPoint end) {
    try {
      return ((SocketChannel) end.getTransport()).read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void drip(ServletRequest request, ServletResponse response, byte[] body)
      throws IOException {
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    response.setContentLength(body.length);
    response.flushBuffer();
    int size = Math.max(1, Math.ceilDiv(body.length, PIECES));
    long pause = DRIP_MILLIS / Math.max(1, Math.ceilDiv(body.length, size));
    nextPiece(context, response, body, 0, size, pause);
  }

  private void nextPiece(
      AsyncContext context,
      ServletResponse response,
      byte[] body,
      int from,
      int size,
      long pauseMillis) {
    clock.schedule(
        () -> {
          int length = Math.min(size, body.length - from);
          try {
            response.getOutputStream().write(body, from, length);
            response.flushBuffer();
          } catch (IOException e) {
            context.complete(); // the client has had enough
            return;
          }
          if (from + length == body.length) {
            context.complete();
          } else {
            nextPiece(context, response, body, from + length, size, pauseMillis);
          }
        },
        pauseMillis,
        TimeUnit.MILLISECONDS);
  }

  private static void truncate(ServletRequest request, ServletResponse response, byte[] body)
      throws IOException {
    response.setContentLength(body.length);
    response.getOutputStream().write(body, 0, body.length / 2);
    response.flushBuffer();
    endPoint(request).close();
  }

  private static EndPoint endPoint(ServletRequest request) {
    return Request.getBaseRequest(request).getHttpChannel().getEndPoint();
  }
}
