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
 * Nobody is shown another patient's data, whatever becomes of the calls: deadlines that strike in
 * the middle of an answer, sources that answer late, twice, in halves or for somebody else, and
 * connections that are used again. Every value carries the id of its patient, and every byte of
 * every answer is looked through.
 *
 * <p>That the look finds what is foreign, {@link io.wholechart.faults.PatientMark}'s test shows.
 */
class MixingIT {
  private static final long SEED = Long.getLong("wholechart.seed", 7);
  private static final int CALLERS = 64;

  /** So short that they strike while sources are late, and a few times while nobody is. */
  private static final Duration EMERGENCY = Duration.ofMillis(60);

  private static final Duration NORMAL = Duration.ofMillis(150);
  private static final int LATEST_MS = 200;

  @TempDir Path directory;

  @Test
  void nobodyIsMixedUpInAFewThousandCalls() throws Exception {
    tryCalls(20_000);
  }

  @Test
  @Tag("mixing")
  void nobodyIsMixedUpInAMillionCalls() throws Exception {
    List<String> figures = tryCalls(1_000_000);
    figures.forEach(System.out::println);
    Files.write(Path.of("target/mixing.txt"), figures, StandardCharsets.UTF_8);
  }

  private List<String> tryCalls(long calls) throws Exception {
    long start = System.nanoTime();
    try (var log = new LogCapture();
        var hospital = new MixingHospital(SEED, LATEST_MS);
        var site = FaultySite.start(directory.resolve("site"), hospital::url, EMERGENCY, NORMAL)) {
      var callers = new PressingCallers(site.port(), PatientMark.FIRST);
      callers.ask(CALLERS, () -> hospital.calls() >= calls);

      List<String> figures = figures(hospital, callers, System.nanoTime() - start);
      assertThat(callers.complaints()).as("seed %d", SEED).isEmpty();
      assertThat(callers.foreign()).as("foreign values, seed %d", SEED).isZero();
      assertThat(hospital.calls()).isGreaterThanOrEqualTo(calls);
      assertThat(callers.own()).as("values looked at").isGreaterThan(calls);
      assertThat(callers.cutOff()).as("cancels").isGreaterThan(calls / 100);
      assertThat(hospital.reused()).as("reuses").isGreaterThan(calls / 4);
      assertThat(log.linesWith("zq-")).as("patients in the log").isEmpty();
      return figures;
    }
  }

  private static List<String> figures(
      MixingHospital hospital, PressingCallers callers, long elapsedNanos) {
    List<String> figures = new ArrayList<>();
    figure(figures, "seed", SEED);
    figure(figures, "elapsed, s", Duration.ofNanos(elapsedNanos).toSeconds());
    figure(figures, "calls of sources", hospital.calls());
    figure(figures, "  on a used connection", hospital.reused());
    figure(figures, "  connections made", hospital.connections());
    figure(figures, "  given up while silent", hospital.hungUp());
    figure(figures, "  what befell them", hospital.mishaps());
    figure(figures, "answers", callers.answers());
    figure(figures, "  by status", callers.statuses().toString().replaceAll("[{}]", ""));
    figure(figures, "  callers who left", callers.left());
    figure(figures, "  sources cut off", callers.cutOff());
    figure(figures, "values of the patient", callers.own());
    figure(figures, "values of another", callers.foreign());
    return figures;
  }

  private static void figure(List<String> figures, String name, Object value) {
    figures.add("%-26s %s".formatted(name, value));
  }
}
