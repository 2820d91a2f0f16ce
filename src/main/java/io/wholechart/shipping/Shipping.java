package io.wholechart.shipping;

import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The journal's way to each sink that is configured; none waits for another. */
public final class Shipping implements AutoCloseable {
  private final List<Shipper> shippers;

  private Shipping(List<Shipper> shippers) {
    this.shippers = shippers;
  }

  /**
   * Starts a thread a sink; that a sink cannot be reached keeps nobody from starting.
   *
   * @param sinks null for none: then neither driver is loaded
   * @throws IOException where the position of a sink cannot be read
   */
  public static Shipping start(
      @Nullable SinkSettings sinks, ShippedJournal journal, Metrics metrics, InstantSource clock)
      throws IOException {
    List<Shipper> shippers = new ArrayList<>();
    if (sinks != null && sinks.postgresql() != null) {
      var postgresql = new PostgreSqlSink(sinks.postgresql(), clock);
      shippers.add(Shipper.start(postgresql, journal, metrics, clock));
    }
    if (sinks != null && sinks.kafka() != null) {
      shippers.add(Shipper.start(new KafkaSink(sinks.kafka()), journal, metrics, clock));
    }
    return new Shipping(shippers);
  }

  /** Ships what there is, for a bounded time; what is left is shipped by the next start. */
  @Override
  public void close() {
    shippers.parallelStream().forEach(Shipper::close);
  }
}
