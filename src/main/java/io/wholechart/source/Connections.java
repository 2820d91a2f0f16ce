package io.wholechart.source;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * The connections that are kept alive, and the rule by which one is used again: only when its last
 * answer was read to the end.
 *
 * <p>The client's own cache was not enough. When a call on a connection that had been used before
 * is interrupted in its first tenth of a second, the client forgets the connection without closing
 * it: the source goes on working for nobody, and the descriptor is gone until the next garbage
 * collection. Here whoever took a connection gives it back in a {@code finally}, and what is not
 * known to be clean is closed there.
 */
final class Connections {
  private static final List<String> HTTP_1_1 = List.of("http/1.1");

  /**
   * How many connections to one origin are kept while nobody uses them, at most. Each holds a
   * buffer of 8 KiB and a thread that looks ten times a second whether the source has hung up:
   * after a burst of 8,000 calls that would be 64 MiB and 80,000 looks a second, for as long as the
   * sources keep their ends open. A steady load uses few over and over.
   */
  static final int MOST_IDLE = 128;

  private static final Tls PLAIN = Tls.builder().enabled(false).build();

  private record Origin(String scheme, String host, int port) {}

  private final WebClient client;
  private final DnsResolver resolver;
  private final int capacity;
  private final Map<Origin, LinkedBlockingDeque<Connection>> idle = new ConcurrentHashMap<>();

  /**
   * @param capacity how many calls there are at once, at most
   */
  Connections(WebClient client, DnsResolver resolver, int capacity) {
    this.client = client;
    this.resolver = resolver;
    this.capacity = Math.min(capacity, MOST_IDLE);
  }

  /** A connection that is one call's until it is given back. */
  static final class Connection {
    private final Origin origin;
    private final TcpClientConnection tcp;
    private boolean isClean; // of its one user's thread; the queue publishes it to the next

    private Connection(Origin origin, WebClient client, ConnectionKey key) {
      this.origin = origin;
      this.tcp = TcpClientConnection.create(client, key, HTTP_1_1, this::released, _ -> {});
    }

    TcpClientConnection tcp() {
      return tcp;
    }

    /** The client has read an answer to its end, and the source wants to go on. */
    private boolean released(TcpClientConnection connection) {
      isClean = true;
      return true; // do not close: giveBack decides
    }
  }

  /** One that is idle, the one used last first, so that a pool that grew can shrink again. */
  Connection take(URI url) {
    var origin = new Origin(url.getScheme(), url.getHost(), port(url));
    LinkedBlockingDeque<Connection> free = free(origin);
    for (Connection last = free.pollFirst(); last != null; last = free.pollFirst()) {
      if (last.tcp.isConnected()) {
        last.isClean = false;
        return last;
      }
      last.tcp.closeResource(); // the source has ended it meanwhile
    }
    var fresh = new Connection(origin, client, key(origin));
    fresh.tcp.connect();
    return fresh;
  }

  /** Keeps a clean connection for the next call, and closes any other. */
  void giveBack(Connection connection) {
    if (connection.isClean && connection.tcp.isConnected()) {
      connection.tcp.helidonSocket().idle(); // notices when the source hangs up
      if (free(connection.origin).offerFirst(connection)) {
        return;
      }
    }
    connection.tcp.closeResource();
  }

  private LinkedBlockingDeque<Connection> free(Origin origin) {
    return idle.computeIfAbsent(origin, _ -> new LinkedBlockingDeque<>(capacity));
  }

  private ConnectionKey key(Origin origin) {
    Tls tls = origin.scheme().equals("https") ? client.prototype().tls() : PLAIN;
    // The default proxy would look every host up in reverse, and pin carriers doing so.
    return ConnectionKey.create(
        origin.scheme(),
        origin.host(),
        origin.port(),
        tls,
        resolver,
        DnsAddressLookup.defaultLookup(),
        Proxy.noProxy());
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equals(url.getScheme()) ? 443 : 80;
  }
}
