package io.wholechart.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Urgency;
import io.wholechart.resilience.LoadedSource.Deed;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One slow or failing source must not be felt by the others, and must not be asked more than when
 * it was well. Loads are small and sources slow, so that what is compared is waiting and not the
 * machine; what is compared is measured in turns, and medians decide.
 */
@Tag("resilience")
@TestMethodOrder(OrderAnnotation.class)
class ResilienceIT {
  private static final Report REPORT = new Report();
  private static final long SERVICE_MILLIS = 400;

  @AfterAll
  static void write() throws IOException {
    REPORT.write(Path.of("target/resilience.txt"));
  }

  @Test
  @Order(1)
  void aSourceThatHangsIsNotFeltByTheOthers() throws Exception {
    int rounds = 9;
    int places = 100;
    Map<String, LoadedSource> sources = new LinkedHashMap<>();
    for (String name : List.of("ehr", "imaging", "pharmacy", "lab")) {
      sources.put(name, new LoadedSource(LoadedSource.answering(SERVICE_MILLIS)));
    }
    var lab = sources.get("lab");
    double[] well = new double[rounds];
    double[] hung = new double[rounds];
    try (var gathering = new Gathering(urls(sources), places, Duration.ofSeconds(2))) {
      p99OfOthers(gathering); // classes are loaded and connections open
      for (int round = 0; round < rounds; round++) {
        well[round] = p99OfOthers(gathering);
        lab.behave(_ -> new Deed.Hang());
        hung[round] = p99OfOthers(gathering);
        lab.behave(LoadedSource.answering(SERVICE_MILLIS));
        gathering.askSteadily(20, Duration.ofSeconds(4), Urgency.EMERGENCY, (_, _) -> {});
      }
    } finally {
      close(sources.values());
    }
    double[] shares = new double[rounds];
    Arrays.setAll(shares, round -> hung[round] / well[round]);
    REPORT.note("one of four sources hangs: p99 of the others before, ms", Latencies.median(well));
    REPORT.note("  and meanwhile, ms", Latencies.median(hung));
    REPORT.atMost(
        "  as a share of before, the median of " + rounds + " rounds in turn",
        Latencies.median(shares),
        1.05);
    REPORT.atMost("  calls that hung at the same time, of a bulkhead", lab.mostHung(), places);
    assertThat(REPORT.misses()).isEmpty();
  }

  private static double p99OfOthers(Gathering gathering) throws InterruptedException {
    var others = new Latencies();
    gathering.askSteadily(
        80,
        Duration.ofSeconds(5),
        Urgency.EMERGENCY,
        (_, aggregation) ->
            aggregation.reports().stream()
                .filter(report -> !report.source().equals("lab"))
                .map(SourceReport::elapsed)
                .forEach(others::add));
    return others.millis(99);
  }

  @Test
  @Order(2)
  void afterAnOutageNobodyIsAskedMoreThanBefore() throws Exception {
    int perSecond = 60;
    int before = 10;
    int outage = 60;
    int after = 20;
    Map<String, LoadedSource> sources = new LinkedHashMap<>();
    for (String name : List.of("hanging", "failing")) {
      sources.put(name, new LoadedSource(LoadedSource.answering(20)));
    }
    try (var gathering = new Gathering(urls(sources), 2000, Duration.ofSeconds(2))) {
      gathering.askSteadily(perSecond, Duration.ofSeconds(5), Urgency.NORMAL, (_, _) -> {});
      int start = sources.get("hanging").second();
      Thread ills = Thread.ofVirtual().start(() -> beIll(sources, before, outage));
      gathering.askSteadily(
          perSecond, Duration.ofSeconds(before + outage + after), Urgency.NORMAL, (_, _) -> {});
      ills.join();
      sources.forEach((name, source) -> {
        int[] counts = source.perSecond();
        int sick = start + before;
        String what = "a source is " + name + " for a minute: calls of its normal rate, ";
        REPORT.atMost(
            what + "at most meanwhile", most(counts, sick, sick + outage, perSecond), 1.2);
        REPORT.atMost(
            what + "at most afterwards",
            most(counts, sick + outage, sick + outage + after - 1, perSecond),
            1.2);
        REPORT.atLeast(
            what + "at the end",
            most(counts, sick + outage + after - 6, sick + outage + after - 1, perSecond),
            0.9);
      });
    } finally {
      close(sources.values());
    }
    assertThat(REPORT.misses()).isEmpty();
  }

  private static void beIll(Map<String, LoadedSource> sources, int before, int outage) {
    try {
      Thread.sleep(Duration.ofSeconds(before));
      sources.get("hanging").behave(_ -> new Deed.Hang());
      sources.get("failing").behave(_ -> new Deed.Fail());
      Thread.sleep(Duration.ofSeconds(outage));
      sources.values().forEach(source -> source.behave(LoadedSource.answering(20)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The most calls in five seconds, as a share: a machine that stalls a second catches up. */
  private static double most(int[] counts, int from, int to, int perSecond) {
    int most = 0;
    for (int second = from; second + 5 <= to; second++) {
      most = Math.max(most, Arrays.stream(counts, second, second + 5).sum());
    }
    return most / 5.0 / perSecond;
  }

  @Test
  @Order(3)
  void retriesStayATenth() throws Exception {
    int charts = 3000;
    var source =
        new LoadedSource(
            request -> request % 10 % 3 == 1 ? new Deed.Fail() : new Deed.Answer(2)); // 1, 4, 7
    try (var gathering =
        new Gathering(Map.of("lab", List.of(source.url())), 100, Duration.ofSeconds(2))) {
      gathering.askInTurn(charts, 8, _ -> Urgency.NORMAL, (_, _) -> {});
    } finally {
      source.close();
    }
    REPORT.atMost(
        "a source fails 30 of 100 calls: calls for each that was wanted",
        source.requests() / (double) charts,
        1.1);
    assertThat(REPORT.misses()).isEmpty();
  }

  @Test
  @Order(4)
  void anEmergencyDoesNotWaitForAReplicaThatStalls() throws Exception {
    int charts = 6000;
    var primary =
        new LoadedSource(request -> new Deed.Answer(request % 100 % 33 == 7 ? 400 : 10)); // 3 %
    var replica = new LoadedSource(LoadedSource.answering(10));
    var hedged = new Latencies();
    var alone = new Latencies();
    try (var gathering =
        new Gathering(
            Map.of("lab", List.of(primary.url(), replica.url())), 100, Duration.ofSeconds(2))) {
      gathering.askInTurn(400, 8, _ -> Urgency.URGENT, (_, _) -> {});
      gathering.askInTurn(
          charts,
          8,
          number -> number % 2 == 0 ? Urgency.EMERGENCY : Urgency.URGENT,
          (number, aggregation) ->
              (number % 2 == 0 ? hedged : alone).add(aggregation.reports().getFirst().elapsed()));
      REPORT.note("one replica of two stalls: p99 without a hedge, ms", alone.millis(99));
      REPORT.note("  p99 of emergencies, which may hedge, ms", hedged.millis(99));
      REPORT.atLeast("  how many times better", alone.millis(99) / hedged.millis(99), 3);
      REPORT.atMost(
          "  hedges as a share of calls",
          gathering.counted("source_hedges", "lab") / gathering.counted("source_reads", "lab"),
          0.05);
    } finally {
      primary.close();
      replica.close();
    }
    assertThat(REPORT.misses()).isEmpty();
  }

  private static Map<String, List<String>> urls(Map<String, LoadedSource> sources)
      throws IOException {
    Map<String, List<String>> urls = new LinkedHashMap<>();
    for (var source : sources.entrySet()) {
      urls.put(source.getKey(), List.of(source.getValue().url()));
    }
    return urls;
  }

  private static void close(Iterable<LoadedSource> sources) throws IOException {
    for (LoadedSource source : sources) {
      source.close();
    }
  }
}
