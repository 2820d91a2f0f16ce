package io.wholechart.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.wholechart.access.Caller;
import io.wholechart.http.Problem.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One listening socket and what is true of both: bounds, no hook of its own, problems for errors.
 */
final class Listener {
  private Listener() {}

  static WebServerConfig.Builder prepare(SocketSettings settings) {
    return WebServer.builder()
        .host(settings.host())
        .port(settings.port())
        .shutdownHook(false) // the order of stopping is ours
        .featuresDiscoverServices(false)
        .backlog(4096)
        .maxPayloadSize(64 * 1024)
        .maxTcpConnections(10_000)
        .maxConcurrentRequests(6_000)
        .idleConnectionTimeout(Duration.ofMinutes(2))
        // Without this an answer longer than one write waits for the client's delayed
        // acknowledgement: 40 ms.
        .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(Duration.ofSeconds(30)))
        .writeBufferSize(64 * 1024)
        .directHandlers(problems());
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

  /** What the server refuses before any route sees it; the default would quote the request. */
  private static DirectHandlers problems() {
    DirectHandler handler =
        (request, type, status, headers, message) -> {
          Kind kind =
              switch (status.code()) {
                case 413 -> Kind.TOO_LARGE;
                case 500 -> Kind.INTERNAL;
                case 503 -> Kind.OVERLOADED;
                default -> Kind.BAD_REQUEST;
              };
          var exchange = Exchange.begin(request.headers(), Caller.ANONYMOUS, Instant.now());
          Answer answer =
              Answer.of(Problem.of(kind, "refused before it was read to its end"), exchange);
          answer
              .headers()
              .forEach((n, v) -> headers.set(HeaderValues.create(HeaderNames.create(n), v)));
          headers.set(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
          return DirectHandler.TransportResponse.builder()
              .status(Status.create(answer.status()))
              .headers(headers)
              .keepAlive(false)
              .entity(answer.body())
              .build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, handler);
    }
    return handlers.build();
  }
}
