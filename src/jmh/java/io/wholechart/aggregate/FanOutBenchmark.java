package io.wholechart.aggregate;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.consent.Consent;
import io.wholechart.crosswalk.SameIds;
import io.wholechart.identity.SuspectRule;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.PatientSource;
import io.wholechart.source.SourceCall;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Four sources in memory, asked at once: what the asking costs, without any network. */
public class FanOutBenchmark extends Measured {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  @Param({"small", "large"})
  public String size;

  private PatientId id;
  private List<PatientSource> sources;
  private Metrics metrics;
  private PatientAggregator aggregator;

  @Setup
  public void hold() throws IOException, InterruptedException {
    Payloads payloads = Payloads.of(size);
    id = payloads.id();
    sources = payloads.reports().stream().<PatientSource>map(InMemory::new).toList();
    var deadlines = new DeadlineSettings(DEADLINE, DEADLINE, DEADLINE);
    metrics = new Metrics(deadlines::of);
    sources.forEach(source -> metrics.registerSource(source.name()));
    aggregator =
        new PatientAggregator(sources, new SameIds(), deadlines, SuspectRule.WITHHOLD, metrics);
  }

  @TearDown
  public void close() {
    metrics.close();
  }

  @Benchmark
  public List<SourceReport> fanOut() throws InterruptedException {
    return FanOut.ask(sources, new SameIds(), id, Urgency.EMERGENCY, DEADLINE, System.nanoTime());
  }

  /** With the identity check, the merge and the weighing. */
  @Benchmark
  public Aggregation aggregate() throws InterruptedException {
    return aggregator.aggregate(id, Urgency.EMERGENCY, Consent.FULL, System.nanoTime());
  }

  /** A source that has its answer already. */
  private record InMemory(SourceReport answer) implements PatientSource {
    @Override
    public String name() {
      return answer.source();
    }

    @Override
    public @Nullable String idSystem() {
      return null;
    }

    @Override
    public Set<Section> sections() {
      return answer.sections();
    }

    @Override
    public Duration timeout(Urgency urgency, Duration whole) {
      return whole;
    }

    @Override
    public List<SourceCall> calls(SourceId id) {
      return List.of(intake -> {
        intake.entries().addAll(answer.result().entries());
        return new SourceCall.Ending.Whole();
      });
    }
  }
}
