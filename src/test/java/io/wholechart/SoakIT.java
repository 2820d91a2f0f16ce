package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.faults.MixingHospital;
import io.wholechart.faults.PatientMark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two hundred thousand requests with random faults to a service that runs as it is run: what it
 * holds when it is left alone afterwards is what it held after the first tenth.
 *
 * <p>Before each look the sources hang up on everybody and a few requests are made one by one: the
 * connections that were kept alive are gone then, and one that nobody has any more would stay.
 */
@Tag("soak")
class SoakIT {
  private static final long SEED = Long.getLong("wholechart.seed", 7);
  private static final int REQUESTS = 200_000;
  private static final int BETWEEN_LOOKS = 20_000;
  private static final int CALLERS = 32;

  /** What may differ between two looks: threads that the JVM and the server keep for a while. */
  private static final int THREADS = 6;

  private static final int DESCRIPTORS = 6;
  private static final int CONNECTIONS = 2;
  private static final double HEAP_SHARE = 0.05;

  private static final String ROW = "%9s %8s %8s %12s %12s %10s %8s %8s %10s";

  private final List<String> table = new ArrayList<>();
  private final List<Residue> looks = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void nothingGrowsWithTheNumberOfRequests() throws Exception {
    long start = System.nanoTime();
    try (var hospital = new MixingHospital(SEED, 100);
        var service =
            ServiceProcess.start(
                directory,
                Distribution.sources(hospital::url),
                Distribution.set("deadline.emergency", "40ms"),
                Distribution.set("deadline.urgent", "80ms"),
                Distribution.set("deadline.normal", "120ms"))) {
      heading();
      int asked = 0;
      while (asked < REQUESTS) {
        var callers = new PressingCallers(service.port(), PatientMark.FIRST + asked);
        callers.ask(CALLERS, () -> callers.answers() + callers.left() >= BETWEEN_LOOKS);
        asked += (int) (callers.answers() + callers.left());
        assertThat(callers.complaints()).as("seed %d", SEED).isEmpty();
        assertThat(callers.foreign()).as("foreign values, seed %d", SEED).isZero();
        look(service, hospital, asked, System.nanoTime() - start);
      }
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
      assertThat(service.log()).doesNotContain("OutOfMemoryError", "zq-");
    } finally {
      table.forEach(System.out::println);
      Files.write(Path.of("target/soak.txt"), table, StandardCharsets.UTF_8);
    }
    assertThat(looks).hasSizeGreaterThanOrEqualTo(REQUESTS / BETWEEN_LOOKS);
    assertThat(looks.getLast().grownSince(looks.getFirst()))
        .as("seed %d: %s beside %s", SEED, looks.getLast(), looks.getFirst())
        .isEmpty();
  }

  /** What a service holds that has nothing to do. */
  private record Residue(long threads, long descriptors, long connections, long heapBytes) {
    /** What is more than it was, beyond what is allowed. */
    List<String> grownSince(Residue first) {
      List<String> grown = new ArrayList<>();
      if (threads > first.threads + THREADS) {
        grown.add("threads");
      }
      if (descriptors > first.descriptors + DESCRIPTORS) {
        grown.add("descriptors");
      }
      if (connections > first.connections + CONNECTIONS) {
        grown.add("connections");
      }
      if (heapBytes > first.heapBytes * (1 + HEAP_SHARE)) {
        grown.add("heap");
      }
      return grown;
    }
  }

  private void look(ServiceProcess service, MixingHospital hospital, int asked, long elapsedNanos)
      throws Exception {
    hospital.cut();
    var quiet = new PressingCallers(service.port(), PatientMark.FIRST * 9 + asked);
    quiet.ask(1, () -> quiet.answers() + quiet.left() >= 40);
    assertThat(quiet.complaints()).isEmpty();
    collect(service);
    var residue =
        new Residue(
            service.kernelThreads(), service.descriptors(), hospital.open(), service.heapInUse());
    looks.add(residue);
    row(hospital, asked, residue, elapsedNanos);
  }

  /** Has the service collect its garbage, twice: what the first frees may hold more. */
  private static void collect(ServiceProcess service) throws Exception {
    for (int i = 0; i < 2; i++) {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(service.pid()),
                  "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(jcmd.waitFor()).isZero();
    }
  }

  private void heading() {
    table.add("seed " + SEED + "; what the service holds when it has nothing to do");
    table.add(
        String.format(
            ROW,
            "requests",
            "threads",
            "files",
            "connections",
            "heap, KiB",
            "calls",
            "reused",
            "given up",
            "elapsed, s"));
  }

  private void row(MixingHospital hospital, int asked, Residue residue, long elapsedNanos) {
    table.add(
        String.format(
            ROW,
            asked,
            residue.threads,
            residue.descriptors,
            residue.connections,
            residue.heapBytes >> 10,
            hospital.calls(),
            hospital.reused(),
            hospital.hungUp(),
            Duration.ofNanos(elapsedNanos).toSeconds()));
  }
}
