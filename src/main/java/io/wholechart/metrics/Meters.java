package io.wholechart.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The meters that exist so far. Handles are looked up once for each combination of tags: a look-up
 * in the registry builds tags and hashes them, a hundred times the cost of the count itself.
 */
final class Meters {
  private record Key(Instrument instrument, List<String> values) {}

  private final MeterRegistry registry;
  private final Edges edges;
  private final ConcurrentHashMap<Key, Timer> timers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Key, Counter> counters = new ConcurrentHashMap<>();

  /**
   * @param edges of every timer, but for the audit's: a disk is measured on a finer scale
   */
  Meters(MeterRegistry registry, Edges edges) {
    this.registry = registry;
    this.edges = edges;
  }

  /** The timer with these tag values; asking for it makes it exist, at zero. */
  Timer timer(Instrument instrument, String... values) {
    return timers.computeIfAbsent(new Key(instrument, List.of(values)), this::register);
  }

  /** The counter with these tag values; asking for it makes it exist, at zero. */
  Counter counter(Instrument instrument, String... values) {
    return counters.computeIfAbsent(
        new Key(instrument, List.of(values)),
        key ->
            Counter.builder(instrument.meterName())
                .description(instrument.description())
                .tags(instrument.tags(key.values()))
                .register(registry));
  }

  void gauge(Instrument instrument, Supplier<Number> value, String... values) {
    Gauge.builder(instrument.meterName(), value)
        .description(instrument.description())
        .tags(instrument.tags(List.of(values)))
        .register(registry);
  }

  private Timer register(Key key) {
    Edges own = key.instrument() == Instrument.AUDIT_APPEND ? Edges.OF_A_DISK : edges;
    return Timer.builder(key.instrument().meterName())
        .description(key.instrument().description())
        .tags(key.instrument().tags(key.values()))
        .serviceLevelObjectives(own.all().toArray(Duration[]::new))
        .register(registry);
  }
}
