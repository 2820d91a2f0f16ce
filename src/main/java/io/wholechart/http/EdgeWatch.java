package io.wholechart.http;

import io.wholechart.metrics.Metrics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts off clients that keep a connection waiting: one that sends a byte of its headers a second,
 * or takes a byte of its answer a second.
 *
 * <p>The server's own time-outs know neither: one is for each read, and is not heeded at all by the
 * kind of socket that it uses; the other is for the time since the last request. A timer for each
 * connection was rejected: one thread that looks at all of them costs nothing while they behave.
 * Who is cut off gets no answer and has no record, since there was no request; the metrics count
 * it.
 */
final class EdgeWatch {
  private final Set<GuardedConnection> connections = ConcurrentHashMap.newKeySet();
  private final Metrics metrics;

  private EdgeWatch(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Looks until the thread is interrupted, which closing the listener does not need to do. */
  static EdgeWatch start(String socket, StageTimes times, Metrics metrics) {
    var watch = new EdgeWatch(metrics);
    metrics.watchConnections(socket, watch.connections::size);
    Thread.ofVirtual().name("edge-watch").start(() -> watch.run(times));
    return watch;
  }

  void add(GuardedConnection connection) {
    connections.add(connection);
  }

  void remove(GuardedConnection connection) {
    connections.remove(connection);
  }

  private void run(StageTimes times) {
    try {
      while (true) {
        Thread.sleep(times.period());
        look(System.nanoTime());
      }
    } catch (InterruptedException e) {
      // nobody waits for more
    }
  }

  private void look(long now) {
    for (GuardedConnection connection : connections) {
      if (connection.isOverdue(now)) {
        metrics.connectionCut(connection.stage().key());
        remove(connection);
        connection.cut();
      }
    }
  }
}
