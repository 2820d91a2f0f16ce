package io.wholechart.source;

import io.wholechart.source.Connection.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * The connections that are kept alive, and the rule by which one is used again: only when its last
 * answer was read to the end, and the source has been silent since.
 *
 * <p>The client's own cache was not enough. When a call on a connection that had been used before
 * is interrupted in its first tenth of a second, the client forgets the connection without closing
 * it: the source goes on working for nobody, and the descriptor is gone until the next garbage
 * collection. Here whoever took a connection gives it back in a {@code finally}, and what is not
 * known to be clean is closed there.
 */
final class Connections {
  /** Servers and firewalls in between commonly hang up after a minute. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

  /**
   * How many connections to one origin are kept while nobody uses them, at most. Each holds a
   * buffer of 8 KiB and a descriptor at both ends, which after a burst of thousands of calls would
   * be kept for nobody; a steady load uses few over and over.
   */
  static final int MOST_IDLE = 512;

  /**
   * As long as it takes to send the first packet once more where it was lost. A host that is silent
   * for longer is down or behind a firewall, and a replica deserves the time that is left.
   */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

  private final ClientTls tls;
  private final Names names;
  private final AddressRule rule;
  private final int capacity;
  private final Map<Origin, LinkedBlockingDeque<Connection>> idle = new ConcurrentHashMap<>();

  /**
   * @param capacity how many calls there are at once, at most
   */
  Connections(ClientTls tls, Names names, AddressRule rule, int capacity) {
    this.tls = tls;
    this.names = names;
    this.rule = rule;
    this.capacity = Math.min(capacity, MOST_IDLE);
  }

  Connection open(Origin origin) throws IOException, InterruptedException {
    InetAddress host = names.address(origin.host());
    if (!rule.permits(origin.host(), host)) {
      throw new ForbiddenAddressException();
    }
    return Connection.open(origin, host, tls.tls(), CONNECT_WITHIN);
  }

  /** One that was used before: the one used last first, so that a pool that grew can shrink. */
  Optional<Connection> kept(Origin origin) {
    if (Thread.currentThread().isInterrupted()) {
      return Optional.empty(); // looking at a connection would close it, one after the other
    }
    LinkedBlockingDeque<Connection> free = free(origin);
    for (Connection last = free.pollFirst(); last != null; last = free.pollFirst()) {
      if (last.idleAt(System.nanoTime()).compareTo(LONGEST_IDLE) < 0 && last.isAlive()) {
        return Optional.of(last);
      }
      last.close();
    }
    return Optional.empty();
  }

  /** Keeps a clean connection for the next call, and closes any other. */
  void giveBack(Connection connection) {
    long now = System.nanoTime();
    connection.rest(now);
    LinkedBlockingDeque<Connection> free = free(connection.origin());
    if (!connection.isClean() || !free.offerFirst(connection)) {
      connection.close();
    }
    closeTooOld(free, now);
  }

  /** The longest idle is at the end: looking at one each time is enough for a pool to drain. */
  private static void closeTooOld(LinkedBlockingDeque<Connection> free, long now) {
    Connection oldest = free.pollLast();
    if (oldest == null) {
      return;
    }
    if (oldest.idleAt(now).compareTo(LONGEST_IDLE) >= 0 || !free.offerLast(oldest)) {
      oldest.close();
    }
  }

  private LinkedBlockingDeque<Connection> free(Origin origin) {
    return idle.computeIfAbsent(origin, _ -> new LinkedBlockingDeque<>(capacity));
  }
}
