package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand requests at the same time, each held for two seconds by every source, in the heap of
 * 512 MiB that the launcher gives. It writes what was seen to {@code target/}.
 *
 * <p>The pharmacy is asked three things for each request and has 2,000 places, so that two thirds
 * of its calls wait for one: with time they get it, and without they are told as timed out.
 *
 * <p>They come to a service that has been at work for a while. Of two thousand at once a cold one
 * sheds those whose turn would not come within {@code admission.maxWait}, and rightly: the memory
 * of requests that are not held is not what is asked here.
 */
@Tag("memory")
class MemoryIT {
  private static final int CROWD = 2000;
  private static final Duration HOLD = Duration.ofSeconds(2);
  private static final int PLACES = 2000; // maxConcurrentCalls, as it comes
  private static final int WARMING = 64;
  private static final int WARMING_ROUNDS = 200;

  private final List<String> figures = new ArrayList<>();

  @TempDir Path directory;

  @BeforeAll
  static void train() throws Exception {
    Distribution.train();
  }

  @Test
  void twoThousandHeldRequestsFitIntoHalfAGibibyte() throws Exception {
    try (var hospital = new HeldHospital(Path.of("stubs"), HOLD, CROWD);
        var service =
            ServiceProcess.start(
                directory,
                Distribution.sources(hospital::url),
                Distribution.set("deadline.normal", "5m"))) {
      List<Crowd> crowds = new ArrayList<>(warmed(service, hospital));
      Crowd patient =
          seen(service, hospital, "normal", "with five minutes' time: nothing is missing");
      assertThat(patient.complaints()).isEmpty();
      assertThat(patient.kinds()).containsOnly(Map.entry("200 1.0", CROWD));
      assertThat(hospital.mostAtOnce(HeldHospital.GATE)).as("at the same time").isEqualTo(CROWD);
      assertThat(hospital.mostAtOnce("pharmacy")).as("its places").isLessThanOrEqualTo(PLACES);

      Crowd hurried = seen(service, hospital, "urgent", "with the five seconds that it comes with");
      assertThat(hurried.complaints()).isEmpty();
      assertThat(hurried.outcomes()).hasSize(CROWD);
      assertThat(hurried.kinds().keySet())
          .allMatch(kind -> kind.equals("200 1.0") || kind.matches("200 0\\S+; missing=.+|504"));

      crowds.addAll(List.of(patient, hurried));
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
      assertThat(service.log()).doesNotContain("OutOfMemoryError", " ERROR ", "Exception");
      assertThat(records()).containsExactlyInAnyOrderEntriesOf(statuses(crowds));
      var verified = Distribution.run("audit", "verify", "--dir", directory.toString());
      figures.add("audit verify: exit code " + verified.exitCode() + ", " + verified.out().strip());
      assertThat(verified.exitCode()).isZero();
    } finally {
      figures.forEach(System.out::println);
      Files.write(Path.of("target/memory.txt"), figures, StandardCharsets.UTF_8);
    }
  }

  /** Crowds whose requests were not held, one after the other. */
  private static List<Crowd> warmed(ServiceProcess service, HeldHospital hospital)
      throws InterruptedException {
    List<Crowd> crowds = new ArrayList<>();
    hospital.hold(false);
    for (int round = 0; round < WARMING_ROUNDS; round++) {
      var crowd = new Crowd("warming-" + round, WARMING);
      crowd.ask(service.port(), "normal");
      assertThat(crowd.kinds()).containsOnly(Map.entry("200 1.0", WARMING));
      crowds.add(crowd);
    }
    hospital.hold(true);
    return crowds;
  }

  private Crowd seen(ServiceProcess service, HeldHospital hospital, String urgency, String heading)
      throws Exception {
    var crowd = new Crowd(urgency, CROWD);
    var vitals = new Vitals(service);
    long start = System.nanoTime();
    try (vitals) {
      crowd.ask(service.port(), urgency);
    }
    long elapsedMs = (System.nanoTime() - start) / 1_000_000;
    figures.add("%d requests at the same time, urgency=%s, %s".formatted(CROWD, urgency, heading));
    crowd.kinds().forEach((kind, count) -> figure("answered " + count, kind));
    crowd.complaints().forEach(complaint -> figure("not answered", complaint));
    figure("elapsed", elapsedMs + " ms");
    if (!crowd.outcomes().isEmpty()) {
      figure("p50, p99", crowd.percentileMs(50) + " ms, " + crowd.percentileMs(99) + " ms");
      figure("an answer", crowd.meanBytes() + " bytes on average");
    }
    figure(
        "calls held at once",
        "imaging %d, pharmacy %d"
            .formatted(hospital.mostAtOnce("imaging"), hospital.mostAtOnce("pharmacy")));
    figure("heap", mebibytes(vitals.highest("heap")) + " of 512 MiB");
    figure("RSS", mebibytes(vitals.highest("RSS") * 1024) + " MiB");
    figure("threads of the kernel", "" + vitals.highest("threads"));
    figure("open files", "" + vitals.highest("open files"));
    figure("looked at", vitals.looks() + " times; of the last four, the highest is told");
    var machine = ManagementFactory.getOperatingSystemMXBean();
    figure(
        "the machine",
        "%d processors, load average %.1f"
            .formatted(machine.getAvailableProcessors(), machine.getSystemLoadAverage()));
    return crowd;
  }

  private void figure(String name, String value) {
    figures.add("  %-22s %s".formatted(name, value));
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }

  private static Map<String, Integer> statuses(List<Crowd> crowds) {
    Map<String, Integer> statuses = new HashMap<>();
    for (Crowd crowd : crowds) {
      crowd.outcomes().forEach((id, outcome) -> statuses.put(id, outcome.status()));
    }
    return statuses;
  }

  private Map<String, Integer> records() throws IOException {
    Map<String, Integer> statuses = new HashMap<>();
    for (JsonNode record : new Journal(directory).records()) {
      statuses.put(record.path("requestId").asText(), record.path("httpStatus").asInt());
    }
    return statuses;
  }
}
