package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.faults.Fault;
import io.wholechart.faults.FaultyHospital;
import io.wholechart.faults.PatientMark;
import io.wholechart.faults.TestNames;
import io.wholechart.patient.Urgency;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of every source, on real sockets and with deadlines that are shorter than usual. It
 * prints what was expected beside what was seen, and leaves the table in {@code target/}.
 *
 * <p>After each fault somebody else is asked for over the same connections: he must find everything
 * well, and nothing of what the fault has left there.
 */
class FaultsIT {
  private static final String ROW = "%-9s %-27s %-10s %-4s %-18s %-18s %-8s %5s  %-34s %s";

  /** Of a gibibyte: what maxBodyBytes lets in, from each of three calls, and what sockets hold. */
  private static final long MOST_TAKEN = 64 << 20;

  private static final Duration NORMAL = Duration.ofMillis(1200);

  private final List<String> table = new ArrayList<>();
  private final List<String> deviations = new ArrayList<>();
  private final LogCapture log = new LogCapture();
  private final TrustedAuthority trusted = new TrustedAuthority();
  private FaultyHospital hospital;
  private int next = PatientMark.FIRST;

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    hospital = new FaultyHospital(trusted.in(directory), NORMAL.plusMillis(100));
    PatientMark cutOff = mark();
    hospital.plan(cutOff, Map.of("ehr", Fault.NO_BYTES));
    try (var site = site(hospital::mixedUrl, NORMAL)) {
      site.warmUp(mark(), cutOff);
    }
  }

  @AfterEach
  void close() throws Exception {
    hospital.close();
    log.close();
    trusted.close();
  }

  @Test
  @Tag("faults")
  void everyFaultOfEverySourceIsToldAsWhatItIs() throws Exception {
    heading();
    try {
      for (Fault fault : Fault.values()) {
        for (String source : Fault.SOURCES) {
          row(source, fault, Urgency.EMERGENCY, Duration.ofMillis(600));
          row(source, fault, Urgency.NORMAL, NORMAL);
        }
      }
    } finally {
      table.forEach(System.out::println);
      Files.write(Path.of("target/faults.txt"), table, StandardCharsets.UTF_8);
    }
    assertThat(deviations).isEmpty();
  }

  @Test
  void eachFaultOfOneSourceIsToldAsWhatItIs() throws Exception {
    for (Fault fault : Fault.values()) {
      String source = Fault.SOURCES.get(fault.ordinal() % Fault.SOURCES.size());
      row(source, fault, Urgency.EMERGENCY, Duration.ofMillis(400));
    }
    assertThat(deviations).as(String.join("\n", table)).isEmpty();
  }

  /** Else a certificate might be refused for another reason than the one that is tried. */
  @Test
  void aSourceThatProvesItselfIsTrusted() throws Exception {
    try (var site = site(hospital::secureUrl, NORMAL)) {
      var check = FaultCheck.ask(site, log, mark(), Urgency.NORMAL, NORMAL, Map.of());

      assertThat(check.deviations()).isEmpty();
    }
  }

  /** Each has a service of its own, which knows nothing of the trouble before. */
  private void row(String source, Fault fault, Urgency urgency, Duration deadline)
      throws Exception {
    try (var site = site(s -> hospital.url(s, s.equals(source) ? fault : null), deadline)) {
      row(site, source, fault, urgency, deadline);
    }
  }

  private void row(FaultySite site, String source, Fault fault, Urgency urgency, Duration deadline)
      throws Exception {
    int redirected = hospital.redirected();
    long hugeBytes = hospital.hugeBytes();
    int onCarriers = TestNames.hungOnCarriers();
    PatientMark patient = mark();
    hospital.plan(patient, Map.of(source, fault));
    FaultCheck check = FaultCheck.ask(site, log, patient, urgency, deadline, Map.of(source, fault));
    TestNames.release();
    List<String> complaints = new ArrayList<>(check.deviations());
    if (hospital.redirected() != redirected) {
      complaints.add("the redirect was followed");
    }
    if (hospital.hugeBytes() - hugeBytes > MOST_TAKEN) {
      complaints.add("took " + (hospital.hugeBytes() - hugeBytes) + " bytes");
    }
    if (TestNames.hungOnCarriers() != onCarriers) {
      complaints.add("a lookup held a carrier");
    }
    if (!fault.isOfThePlace()) {
      hospital.awaitLate(patient);
      FaultCheck after = FaultCheck.ask(site, log, mark(), Urgency.NORMAL, NORMAL, Map.of());
      after.deviations().forEach(deviation -> complaints.add("the next patient: " + deviation));
    }
    String row =
        String.format(
            ROW,
            source,
            fault.words(),
            urgency.key(),
            check.answered.status(),
            fault.status(source),
            check.seenStatus(source),
            check.attempts(source),
            check.answered.elapsedMs(),
            check.sectionsThatDiffer(),
            complaints.isEmpty() ? "as expected" : "DEVIATES " + complaints);
    table.add(row);
    if (!complaints.isEmpty()) {
      deviations.add(row);
    }
  }

  private PatientMark mark() {
    return new PatientMark(next += 2); // whose neighbour is the wrong patient
  }

  private FaultySite site(UnaryOperator<String> origin, Duration emergency) throws Exception {
    return FaultySite.start(directory.resolve("site-" + (next += 2)), origin, emergency, NORMAL);
  }

  private void heading() {
    table.add(
        "deadlines 600 ms and 1200 ms, slack %d ms; somebody listens at a link-local address: %s"
            .formatted(FaultCheck.SLACK.toMillis(), hospital.hasLinkLocal()));
    table.add(
        String.format(
            ROW,
            "source",
            "fault",
            "urgency",
            "HTTP",
            "status expected",
            "status seen",
            "attempts",
            "ms",
            "sections that differ",
            ""));
  }
}
