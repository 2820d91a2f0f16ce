package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.faults.Certificates;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several sources that fail at the same time: every subset of them down, and two thousand pairs of
 * faults that a seed has chosen, a dozen patients at a time.
 */
class FaultPairsIT {
  private static final int PAIRS = 2000;
  private static final int AT_ONCE = 12;
  private static final Duration EMERGENCY = Duration.ofMillis(700);
  private static final Duration NORMAL = Duration.ofMillis(1200);
  private static final String ROW = "%-32s %-10s %-4s %5s  %-46s %s";

  private final List<String> table = new ArrayList<>();
  private final Queue<String> deviations = new ConcurrentLinkedQueue<>();
  private final LogCapture log = new LogCapture();
  private final TrustedAuthority trusted = new TrustedAuthority();
  private FaultyHospital hospital;
  private int next = PatientMark.FIRST;

  @TempDir Path directory;

  @BeforeEach
  void open() throws Exception {
    Certificates certificates = trusted.in(directory);
    hospital = new FaultyHospital(certificates, NORMAL.plusMillis(100));
    PatientMark cutOff = mark();
    hospital.plan(cutOff, Map.of("ehr", Fault.NO_BYTES));
    try (var site =
        FaultySite.start(directory.resolve("warm"), hospital::mixedUrl, EMERGENCY, NORMAL)) {
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
  @Tag("subsets")
  void everySubsetOfSourcesThatAreDownIsTold() throws Exception {
    table.add(
        String.format(ROW, "sources down", "urgency", "HTTP", "ms", "sections that differ", ""));
    for (int subset = 0; subset < 1 << Fault.SOURCES.size(); subset++) {
      Map<String, Fault> down = new TreeMap<>();
      for (int i = 0; i < Fault.SOURCES.size(); i++) {
        if ((subset & 1 << i) != 0) {
          down.put(Fault.SOURCES.get(i), Fault.REFUSED);
        }
      }
      try (var site = site(down)) {
        for (Urgency urgency : List.of(Urgency.EMERGENCY, Urgency.NORMAL)) {
          subset(site, down, urgency);
        }
      }
    }
    table.forEach(System.out::println);
    Files.write(Path.of("target/subsets.txt"), table, StandardCharsets.UTF_8);
    assertThat(deviations).isEmpty();
  }

  @Test
  @Tag("faults")
  void pairsOfFaultsAreToldAsWhatTheyAre() throws Exception {
    pairs(PAIRS);
    table.forEach(System.out::println);
    Files.write(Path.of("target/fault-pairs.txt"), table, StandardCharsets.UTF_8);
    assertThat(deviations).as(Seed.describe(0)).isEmpty();
  }

  @Test
  void someDozensOfPairsAreToldAsWhatTheyAre() throws Exception {
    pairs(60);
    assertThat(deviations).as(Seed.describe(0)).isEmpty();
  }

  private void subset(FaultySite site, Map<String, Fault> down, Urgency urgency) throws Exception {
    FaultCheck check = FaultCheck.ask(site, log, mark(), urgency, deadline(urgency), down);
    String row =
        String.format(
            ROW,
            down.isEmpty() ? "none" : String.join(", ", down.keySet()),
            urgency.key(),
            check.answered.status(),
            check.answered.elapsedMs(),
            check.answered.status() == 200 ? check.sectionsThatDiffer() : "-",
            check.deviations().isEmpty() ? "as expected" : "DEVIATES " + check.deviations());
    table.add(row);
    if (!check.deviations().isEmpty()) {
      deviations.add(row);
    }
  }

  /** Two faults, of two sources. */
  private record Pair(Map<String, Fault> faults, Urgency urgency, PatientMark patient) {}

  /**
   * Where it is the way to a source that is wrong, a service of its own is needed, and for the
   * others a new one now and then, since one that has seen much trouble has learnt from it.
   */
  private void pairs(int count) throws Exception {
    Map<Map<String, Fault>, List<Pair>> byPlace = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Pair pair = pair(Seed.random(i));
      Map<String, Fault> place = new TreeMap<>(pair.faults);
      place.values().removeIf(fault -> !fault.isOfThePlace());
      byPlace.computeIfAbsent(place, _ -> new ArrayList<>()).add(pair);
    }
    long start = System.nanoTime();
    for (var some : byPlace.entrySet()) {
      for (int from = 0; from < some.getValue().size(); from += AT_ONCE) {
        int to = Math.min(from + AT_ONCE, some.getValue().size());
        ask(some.getKey(), some.getValue().subList(from, to));
      }
    }
    table.add(
        "%d pairs of faults, %s, %d s: %d deviate"
            .formatted(
                count,
                Seed.describe(0),
                (System.nanoTime() - start) / 1_000_000_000,
                deviations.size()));
    table.addAll(deviations);
  }

  private void ask(Map<String, Fault> place, List<Pair> pairs) throws Exception {
    try (var site = site(place)) {
      List<Thread> callers =
          pairs.stream().map(pair -> Thread.startVirtualThread(() -> ask(site, pair))).toList();
      for (Thread caller : callers) {
        caller.join();
      }
      TestNames.release();
    }
  }

  private void ask(FaultySite site, Pair pair) {
    hospital.plan(pair.patient, pair.faults);
    List<String> found;
    try {
      found =
          FaultCheck.askInCrowd(
                  site, log, pair.patient, pair.urgency, deadline(pair.urgency), pair.faults)
              .deviations();
    } catch (Exception e) {
      found = List.of(e.toString());
    }
    if (!found.isEmpty()) {
      deviations.add(pair + " DEVIATES " + found);
    }
  }

  private Pair pair(RandomGenerator random) {
    int one = random.nextInt(Fault.SOURCES.size());
    int other = (one + random.nextInt(1, Fault.SOURCES.size())) % Fault.SOURCES.size();
    Fault[] faults = Fault.values();
    Map<String, Fault> both = new TreeMap<>();
    both.put(Fault.SOURCES.get(one), faults[random.nextInt(faults.length)]);
    both.put(Fault.SOURCES.get(other), faults[random.nextInt(faults.length)]);
    return new Pair(both, random.nextBoolean() ? Urgency.EMERGENCY : Urgency.NORMAL, mark());
  }

  private PatientMark mark() {
    return new PatientMark(next += 2); // whose neighbour is the wrong patient
  }

  private FaultySite site(Map<String, Fault> place) throws Exception {
    return FaultySite.start(
        directory.resolve("site-" + (next += 2)),
        source -> hospital.url(source, place.get(source)),
        EMERGENCY,
        NORMAL);
  }

  private static Duration deadline(Urgency urgency) {
    return urgency == Urgency.EMERGENCY ? EMERGENCY : NORMAL;
  }
}
