package io.wholechart.resilience;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.crosswalk.SameIds;
import io.wholechart.identity.SuspectRule;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.PipelineSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Protocol;
import io.wholechart.source.Sources;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;

/**
 * Gathers charts of laboratories that tests bring, as the service does, with what it comes with.
 */
final class Gathering implements AutoCloseable {
  private static final PatientId ID = new PatientId("p-1");

  private final Metrics metrics;
  private final PatientAggregator aggregator;

  /**
   * @param sources by name, each with the places that it is in
   */
  Gathering(Map<String, List<String>> sources, int maxConcurrentCalls, Duration deadline)
      throws IOException {
    var deadlines = new DeadlineSettings(deadline, deadline, deadline);
    metrics = new Metrics(deadlines::of);
    Map<String, SourceSettings> settings = new LinkedHashMap<>();
    sources.forEach((name, urls) -> settings.put(name, settings(urls, maxConcurrentCalls)));
    aggregator =
        new PatientAggregator(
            new Sources(metrics, deadline, InstantSource.system()).assemble(settings),
            new SameIds(),
            deadlines,
            SuspectRule.WITHHOLD,
            metrics);
  }

  private static SourceSettings settings(List<String> urls, int maxConcurrentCalls) {
    return new SourceSettings(
        Protocol.HL7V2,
        null,
        urls.stream().map(URI::create).toList(),
        "/results?patient={id}",
        null,
        Set.of(Section.RESULTS),
        false,
        null,
        Map.of(),
        null,
        PipelineSettings.CONNECTION,
        maxConcurrentCalls,
        1 << 20,
        10,
        PipelineSettings.PAYLOAD,
        PipelineSettings.NO_RATE,
        PipelineSettings.BREAKER,
        PipelineSettings.HEDGE);
  }

  Aggregation ask(Urgency urgency) throws InterruptedException {
    return aggregator.aggregate(ID, urgency);
  }

  /** Asks so often a second, whether the answers come or not, and waits for the last of them. */
  void askSteadily(
      int perSecond, Duration time, Urgency urgency, BiConsumer<Integer, Aggregation> onAnswer)
      throws InterruptedException {
    int count = Math.toIntExact(time.toMillis() * perSecond / 1000);
    long start = System.nanoTime();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime());
      int number = i;
      callers.add(Thread.ofVirtual().start(() -> ask(number, urgency, onAnswer)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  /** Asks so often, a few at the same time. */
  void askInTurn(
      int count,
      int atOnce,
      IntFunction<Urgency> urgency,
      BiConsumer<Integer, Aggregation> onAnswer)
      throws InterruptedException {
    var places = new Semaphore(atOnce);
    var left = new AtomicInteger(count);
    for (int i = 0; i < count; i++) {
      places.acquire();
      int number = i;
      Thread.ofVirtual()
          .start(() -> {
            try {
              ask(number, urgency.apply(number), onAnswer);
            } finally {
              left.decrementAndGet();
              places.release();
            }
          });
    }
    places.acquire(atOnce);
    if (left.get() != 0) {
      throw new IllegalStateException(left + " calls did not end");
    }
  }

  private void ask(int number, Urgency urgency, BiConsumer<Integer, Aggregation> onAnswer) {
    try {
      onAnswer.accept(number, ask(urgency));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A counter of a source, as Prometheus would read it. */
  double counted(String meter, String source) {
    return metrics
        .scrape("text/plain")
        .lines()
        .filter(line -> line.startsWith(meter + "_total{") && line.contains("source=\"" + source))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Override
  public void close() {
    metrics.close();
  }
}
