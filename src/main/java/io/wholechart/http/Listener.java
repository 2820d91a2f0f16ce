package io.wholechart.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.wholechart.http.Problem.Kind;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Locale;

/**
 * One listening socket and what is true of both: bounds, no hook of its own, problems for errors.
 */
final class Listener {
  private static final String UNREAD = "refused before it was read to its end";

  private Listener() {}

  /** Says what becomes of a request that the server refuses by itself. */
  interface Refusal {
    Answer early(DirectHandler.TransportRequest request, Problem problem);
  }

  /**
   * What is true of both sockets.
   *
   * @param name of the socket, for its metrics
   * @throws IOException where its certificate cannot be used
   */
  static WebServerConfig.Builder prepare(
      String name, SocketSettings settings, EdgeSettings edge, Metrics metrics, Refusal refusal)
      throws IOException {
    var times = new StageTimes(edge, System::nanoTime);
    return WebServer.builder()
        .host(settings.host())
        .port(settings.port())
        .shutdownHook(false) // the order of stopping is ours
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .addConnectionSelector(
            new GuardedConnections(
                edge, times, EdgeWatch.start(name, times, metrics), ListenerTls.of(settings.tls())))
        .backlog(4096)
        .maxPayloadSize(edge.maxBodyBytes())
        .maxTcpConnections(edge.maxConnections())
        .idleConnectionTimeout(Duration.ofDays(1)) // the watch does that
        // Without this an answer longer than one write waits for the client's delayed
        // acknowledgement: 40 ms.
        .connectionOptions(options -> options.tcpNoDelay(true))
        .writeBufferSize(0) // what is long comes in large pieces already
        // Through a channel the server would write in pieces of 8 KiB: ten calls of the system for
        // a small chart.
        .useNio(false)
        .directHandlers(problems(refusal));
  }

  /** Routing, with what is true of both sockets. */
  static HttpRouting.Builder routing() {
    return HttpRouting.builder()
        .addFilter((chain, request, response) -> {
          chain.proceed();
          if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            hangUp(request);
          }
        });
  }

  /**
   * Closes a connection because the client wants it. Helidon answers {@code Connection: close} in
   * kind and goes on: a client that reads to the end waits for minutes, and a body that nobody read
   * is taken for the next request.
   */
  static void hangUp(ServerRequest request) {
    if (!request.headers().containsToken(HeaderValues.EXPECT_100)) { // else it waits for our leave
      try {
        request.content().consume(); // closing on unread bytes would reset: the answer lost
      } catch (RuntimeException e) {
        // too large or cut off: closed all the same
      }
    }
    throw new CloseConnectionException("the client asked for it");
  }

  /**
   * @throws IOException where the address cannot be had: a failed bind does not throw by itself
   */
  static WebServer start(WebServerConfig.Builder prepared, String key, SocketSettings settings)
      throws IOException {
    WebServer server = prepared.build();
    try {
      server.start();
    } catch (RuntimeException e) {
      throw new IOException(cannotListen(key, settings), e);
    }
    if (!server.isRunning()) {
      throw new IOException(cannotListen(key, settings));
    }
    return server;
  }

  private static String cannotListen(String key, SocketSettings settings) {
    return String.format(
        Locale.ROOT,
        "cannot listen on %s:%d: %s; stop what listens there, or set %s.host or %s.port",
        settings.host(),
        settings.port(),
        reason(settings),
        key,
        key);
  }

  /** Why not. The server tells it to its log alone, thirty lines long; so it is found out again. */
  private static String reason(SocketSettings settings) {
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
      return "the server did not start";
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the server refuses before any route sees it; the default would quote the request.
   *
   * <p>It asks for the answer on the connection's own thread and writes nothing before it has one,
   * so that even these answers can be recorded first. What is not answered at all, as a connection
   * beyond the most of them, is closed without a word and has no record.
   */
  private static DirectHandlers problems(Refusal refusal) {
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          Answer answer = refusal.early(request, problem(status));
          answer
              .headers()
              .forEach((n, v) -> headers.set(HeaderValues.create(HeaderNames.create(n), v)));
          headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
          var response =
              DirectHandler.TransportResponse.builder()
                  .status(Status.create(answer.status()))
                  .headers(headers)
                  .keepAlive(false);
          return Responses.isHead(request.method())
              ? response.build()
              : response.entity(answer.body().toByteArray()).build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }

  private static Problem problem(Status status) {
    return switch (status.code()) {
      case 404 -> Problem.of(Kind.NO_SUCH_PATH, "nothing is served there");
      case 411 -> Problem.of(Kind.LENGTH_REQUIRED, "a body must have a Content-Length");
      case 414 -> Problem.of(Kind.URI_TOO_LONG, UNREAD);
      case 413 -> Problem.of(Kind.TOO_LARGE, UNREAD);
      case 500 -> Problem.of(Kind.INTERNAL, "the service failed; its log says where");
      case 503 -> Problem.of(Kind.OVERLOADED, UNREAD).retryAfter(Duration.ofSeconds(2));
      default -> Problem.of(Kind.BAD_REQUEST, UNREAD);
    };
  }
}
