package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Load.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten times what the service can serve, a tenth of it emergencies, for a minute. It writes what was
 * seen to {@code target/overload.txt}.
 *
 * <p>What it can serve is set by places here, 100 of 200 for what is not an emergency, with sources
 * that take a second: 100 charts a second. The generator and the sources need the same two
 * processors, and what they need would else be taken for the service's. A tenth of ten times that
 * is as much again in emergencies, which is what the other 100 places are for.
 */
@Tag("overload")
class FloodIT {
  private static final Duration HOLD = Duration.ofSeconds(1);
  private static final int PLACES = 200;
  private static final int RESERVE = 100;
  private static final int CAPACITY = PLACES - RESERVE; // charts a second, with HOLD of a second
  private static final Duration PEAK =
      Duration.ofSeconds(Integer.getInteger("wholechart.peak", 60));
  private static final double DEADLINE_MS = 2000;

  private final List<String> figures = new ArrayList<>();

  @TempDir Path directory;

  @BeforeAll
  static void train() throws Exception {
    Distribution.train();
  }

  @Test
  void emergenciesAreServedWhileRoutineRequestsAreShed() throws Exception {
    try (var hospital = new HeldHospital(Path.of("stubs"), HOLD, 1);
        var service =
            ServiceProcess.start(
                directory,
                Distribution.sources(hospital::url),
                Distribution.set("admission.maxInFlight", PLACES),
                Distribution.set("admission.emergencyReserve", RESERVE),
                Distribution.set("admission.urgentReserve", 0))) {
      var load = new Load(service.port());
      load.run(CAPACITY / 2, Duration.ofSeconds(10), _ -> "normal"); // the compiler's time
      List<Answer> calm = load.run(CAPACITY / 2, Duration.ofSeconds(10), _ -> "normal");
      List<Answer> full = load.run(CAPACITY * 3 / 2, Duration.ofSeconds(20), _ -> "normal");
      List<Answer> peak;
      var vitals = new Vitals(service);
      try (vitals) {
        peak = load.run(CAPACITY * 10, PEAK, n -> n % 10 == 0 ? "emergency" : "normal");
      }
      List<Answer> after = load.run(CAPACITY / 2, Duration.ofSeconds(10), _ -> "normal");

      List<Answer> emergencies = peak.stream().filter(of("emergency")).toList();
      List<Answer> normals = peak.stream().filter(of("normal")).toList();
      double success = 100.0 * good(emergencies).size() / emergencies.size();
      double emergencyMs = Load.percentile(emergencies, 99.9);
      double most = perSecond(full, Duration.ofSeconds(20));
      double goodput = perSecond(normals, PEAK);
      double calmMs = Load.percentile(good(calm), 95);
      List<Answer> recovered = after.stream().filter(a -> a.at() >= 5000).toList();
      double recoveredMs = Load.percentile(good(recovered), 95);
      double shedMs = Load.percentile(shed(normals), 50);

      figure("offered", "%d a second for %s, of which a tenth emergencies", CAPACITY * 10, PEAK);
      figure("emergencies", "%d, answered with a chart %.3f %%", emergencies.size(), success);
      figure("emergencies p99.9", "%.0f ms (deadline %.0f ms)", emergencyMs, DEADLINE_MS);
      figure("normal goodput", "%.0f a second; its peak without a flood %.0f", goodput, most);
      figure(
          "shed",
          "%d, p50 %.0f ms, p99 %.0f ms",
          shed(normals).size(),
          shedMs,
          Load.percentile(shed(normals), 99));
      figure("no answer at all", "%d", peak.stream().filter(a -> a.status() == 0).count());
      figure("normal p95", "%.0f ms before, %.0f ms from 5 s after", calmMs, recoveredMs);
      figure("after", "%d of %d answered with a chart", good(recovered).size(), recovered.size());
      figure("heap", "%d MiB of 512", vitals.highest("heap") >> 20);
      figure("RSS", "%d MiB", vitals.highest("RSS") >> 10);
      figure("audit", "%s", audited());

      assertThat(success).isGreaterThanOrEqualTo(99.9);
      assertThat(emergencyMs).isLessThanOrEqualTo(DEADLINE_MS + 250);
      assertThat(goodput).isGreaterThanOrEqualTo(0.8 * most);
      assertThat(recoveredMs).isLessThanOrEqualTo(1.2 * calmMs);
      assertThat(good(recovered)).hasSameSizeAs(recovered);
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
      assertThat(service.log()).doesNotContain("OutOfMemoryError", " ERROR ");
      long answered =
          List.of(calm, full, peak, after).stream()
              .flatMap(List::stream)
              .filter(a -> a.status() != 0)
              .count();
      assertThat(recorded() - CAPACITY / 2 * 10L)
          .as("records of all but the first ten seconds")
          .isBetween(answered - CAPACITY, answered + CAPACITY);
    } finally {
      figures.forEach(System.out::println);
      Files.write(Path.of("target/overload.txt"), figures, StandardCharsets.UTF_8);
    }
  }

  private void figure(String name, String format, Object... values) {
    figures.add("%-20s %s".formatted(name, format.formatted(values)));
  }

  private static Predicate<Answer> of(String urgency) {
    return answer -> answer.urgency().equals(urgency);
  }

  private static List<Answer> good(List<Answer> answers) {
    return answers.stream().filter(Answer::isGood).toList();
  }

  private static List<Answer> shed(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == 503).toList();
  }

  private static double perSecond(List<Answer> answers, Duration time) {
    return (double) good(answers).size() / time.toSeconds();
  }

  /** How many requests the journal's records stand for. */
  private long recorded() throws Exception {
    long requests = 0;
    for (JsonNode record : new Journal(directory).records()) {
      requests += record.path("requests").asInt(1);
    }
    return requests;
  }

  private String audited() throws Exception {
    return new Journal(directory).lines().size() + " records for " + recorded() + " requests";
  }
}
