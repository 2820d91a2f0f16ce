package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.audit.AuditVerifier;
import io.wholechart.audit.RecordedAccesses;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ends the service again and again with SIGKILL while callers press on, and looks for an answer
 * that has not both of its records: twenty times, or as often as {@code wholechart.kills} says.
 *
 * <p>While its disk hangs, the service answers some that no file has, and says so in each, or that
 * it refuses to: these promise nothing, and are counted by themselves. So the kill waits for enough
 * of those that do.
 *
 * <p>All runs share one audit log: so each start has to go on with what every kill before it left,
 * and what was promised in the first run is asked for after the last one again.
 */
@Tag("kills")
class KillsIT {
  private static final int RUNS = Integer.getInteger("wholechart.kills", 20);
  private static final long SEED = Long.getLong("wholechart.seed", 20);
  private static final Duration START = Duration.ofSeconds(5);
  private static final String ROW =
      "%3s  %8s  %-34s %6s %7s  %8s %8s  %10s  %8s  %7s  %9s  %7s  %s";

  private final Map<String, Integer> promised = new TreeMap<>();
  private final List<String> table = new ArrayList<>();
  private final List<String> deviations = new ArrayList<>();
  private int unkept;

  @TempDir Path directory;
  private RecordedAccesses recorded;

  @Test
  void noAnswerIsSeenThatHasNoRecord() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    recorded = new RecordedAccesses(directory);
    heading();
    ServiceProcess service = null;
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      hospital.outage("imaging", Outage.HANG);
      service = start(hospital);
      for (int run = 1; run <= RUNS; run++) {
        var load = new KillLoad(service, "seed-" + SEED + "-run-" + run, random);
        Map<String, Integer> answered = load.untilItIsKilled();
        promised.putAll(answered);
        unkept += load.unkept();
        long bytes = new Journal(directory).bytes();
        Map<String, Integer> records = recorded.read();
        int afterKill = verify();
        long started = System.nanoTime();
        service = start(hospital);
        long startMs = (System.nanoTime() - started) / 1_000_000;
        row(run, load, answered, records, afterKill, startMs, bytes);
      }
      service.terminate();
      service.exitCode(Duration.ofSeconds(20));
      assertThat(verify()).isZero();
      assertThat(new RecordedAccesses(directory).read())
          .as("all runs, seed %d", SEED)
          .containsAllEntriesOf(promised);
    } finally {
      if (service != null) {
        service.close();
      }
      table.add(
          "%d kills, %d answers seen, %d lost; %d beside them said of themselves that no file has them"
              .formatted(table.size() - 2, promised.size(), lost(), unkept));
      table.forEach(System.out::println);
      Files.write(Path.of("target/kills.txt"), table, StandardCharsets.UTF_8);
    }
    assertThat(deviations).as("seed %d", SEED).isEmpty();
    assertThat(100 * unkept)
        .as("hardly any, in a share of 1 %")
        .isLessThanOrEqualTo(promised.size());
  }

  /** The imaging archive hangs, and a tenth of a second is all that is waited for it. */
  private ServiceProcess start(StubHospital hospital) throws IOException {
    return ServiceProcess.start(
        directory,
        Distribution.sources(hospital::url),
        Distribution.set(
            "sources.imaging.timeout", "{emergency: 100ms, urgent: 100ms, normal: 100ms}"));
  }

  private void row(
      int run,
      KillLoad load,
      Map<String, Integer> answered,
      Map<String, Integer> records,
      int afterKill,
      long startMs,
      long bytes)
      throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    answered.values().forEach(status -> statuses.merge(status, 1, Integer::sum));
    long missing = lost();
    long unseen =
        records.keySet().stream()
            .filter(id -> id.startsWith(load.name() + "-") && !answered.containsKey(id))
            .count();
    int afterStart = verify();
    boolean isAsExpected =
        missing == 0
            && load.complaints().isEmpty()
            && answered.size() >= load.killAfter()
            && (afterKill == 0 || afterKill == 2)
            && afterStart == 0
            && startMs < START.toMillis();
    String row =
        String.format(
            ROW,
            run,
            answered.size(),
            statuses.toString().replaceAll("[{}]", ""),
            load.unkept(),
            load.refused(),
            unseen,
            records.size(),
            bytes,
            missing,
            afterKill,
            startMs,
            afterStart,
            isAsExpected ? "as expected" : "DEVIATES " + load.complaints());
    table.add(row);
    if (!isAsExpected) {
      deviations.add(row);
    }
  }

  /** Answers that were seen and are not recorded so. */
  private long lost() throws IOException {
    Map<String, Integer> records = recorded.read();
    return promised.entrySet().stream()
        .filter(answer -> !answer.getValue().equals(records.get(answer.getKey())))
        .count();
  }

  private int verify() {
    return AuditVerifier.verify(directory).exitCode();
  }

  private void heading() {
    table.add(
        String.format(
            ROW,
            "",
            "promised",
            "",
            "in no",
            "",
            "records",
            "records",
            "bytes of",
            "answers",
            "verify",
            "",
            "verify",
            ""));
    table.add(
        String.format(
            ROW,
            "run",
            "",
            "by status",
            "file",
            "refused",
            "unseen",
            "in all",
            "journal",
            "missing",
            "killed",
            "start ms",
            "started",
            ""));
  }
}
