package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Thousands of callers who all wait for sources that take two seconds. */
final class HeldExperiment implements Experiment {
  private static final int CONNECTIONS = 5000;
  private static final int DELAY = 2000;

  /** Four times as many, and the callers' sockets, are what 20,000 descriptors hold. */
  private static final int CALLS = 3600;

  private final Table table =
      new Table(
          number(CONNECTIONS, 0) + " connections, sources at " + DELAY / 1000 + " s",
          "contender",
          "errors",
          "not whole",
          "average ms",
          "p99 ms",
          "requests/s",
          "peak RSS MiB",
          "CPU us a request",
          "must");

  private static final class Figures {
    final Rounds average = new Rounds();
    final Rounds p99 = new Rounds();
    final Rounds perSecond = new Rounds();
    final Rounds peak = new Rounds();
    final Rounds cpu = new Rounds();
    final Map<String, Long> outcomes = new LinkedHashMap<>();
    long errors;
    long notWhole;
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    Lab.say("%d connections held", CONNECTIONS);
    Map<String, Figures> figures = new LinkedHashMap<>();
    List<Entrant> entrants = new ArrayList<>();
    try {
      for (Contender contender : lab.contenders()) {
        entrants.add(enter(lab, contender, List.of("MedicationRequest"), CALLS, ""));
        if (contender.isOurs()) {
          entrants.add(
              enter(
                  lab,
                  contender,
                  StubSource.ALL_SEARCHES,
                  Setting.DEFAULT_CALLS,
                  " (all defaults)"));
        }
      }
      for (int round = 0; round < lab.scale().heldRounds(); round++) {
        for (Entrant entrant : entrants) {
          measure(lab, entrant, figures.computeIfAbsent(entrant.name, _ -> new Figures()));
        }
      }
    } finally {
      entrants.forEach(Entrant::close);
    }
    figures.forEach((name, f) -> row(report, name, f, figures));
    table.note(
        "One call a source and at most %d of a source under way (%s): four times 5,000 calls do"
            + " not fit 20,000 descriptors, so that the ideal average is %d ms.",
        CALLS, "sourceDefaults.maxConcurrentCalls", CONNECTIONS * DELAY / CALLS);
    table.note(
        "\"All defaults\": six calls a request (three of the pharmacy) and 2,000 of a source under"
            + " way, which is no load that these defaults are meant for.");
    report.add(table);
  }

  /**
   * A contender with stub sources of its own: each keeps thousands of connections to them while the
   * others have their turn, and one process cannot hold all those.
   */
  private record Entrant(String name, Stub stub, Running running) {
    void close() {
      running.close();
      stub.close();
    }
  }

  private static Entrant enter(
      Lab lab, Contender contender, List<String> searches, int calls, String suffix)
      throws IOException {
    var stub = new Stub(lab.stubCommand());
    var setting = new Setting(StubSource.of(stub.ports(), 4, searches), calls);
    var entrant =
        new Entrant(contender.name() + suffix, stub, Running.start(contender, setting, lab.work()));
    lab.check(entrant.running, Charts.SMALL, 24);
    lab.warm(entrant.running, Charts.SMALL, 64, lab.scale().warm());
    stub.delay(DELAY);
    lab.warm(entrant.running, Charts.SMALL, CONNECTIONS, Duration.ofMillis(3L * DELAY));
    return entrant;
  }

  private static void measure(Lab lab, Entrant entrant, Figures f) throws IOException {
    Running running = entrant.running;
    running.forgetPeak();
    Usage before = running.usage();
    try (Load load = running.load(Charts.SMALL, "normal")) {
      Load.Result result = load.closed(CONNECTIONS, 200, lab.scale().held(), CONNECTIONS);
      Usage after = running.usage();
      f.average.add(result.meanMillis());
      f.p99.add(result.millis(99));
      f.perSecond.add(result.perSecond());
      f.peak.add(after.peakMiB());
      f.cpu.add((after.cpuMicros() - before.cpuMicros()) / (double) result.completed());
      f.errors += result.errors();
      f.notWhole += result.completed() - result.whole();
      result.outcomes().forEach((what, count) -> f.outcomes.merge(what, count, Long::sum));
    }
  }

  private void row(Report report, String name, Figures f, Map<String, Figures> figures) {
    table.row(
        name,
        number(f.errors, 0),
        number(f.notWhole, 0),
        f.average.text(0),
        f.p99.text(0),
        f.perSecond.text(0),
        f.peak.text(0),
        f.cpu.text(0),
        name.equals(Contender.OURS) ? musts(report, f, figures) : "");
    if (f.errors > 0) {
      table.note("%s: %s", name, f.outcomes);
    }
  }

  private static String musts(Report report, Figures ours, Map<String, Figures> figures) {
    List<String> words = new ArrayList<>();
    String held = "held at 2 s: ";
    words.add(
        report.must(held + "errors", ours.errors, number(ours.errors, 0) + " errors", 0, "0", ""));
    if (figures.containsKey(Contender.VERTX)) {
      double ratio = ours.average.median() / figures.get(Contender.VERTX).average.median();
      words.add(
          report.must(
              held + "average", ratio, number(ratio, 3) + " x Vert.x", 1.05, "<= 1.05", ""));
    }
    words.add(
        report.must(
            held + "peak RSS",
            ours.peak.median(),
            number(ours.peak.median(), 0) + " MiB",
            1024,
            "<= 1.0 GiB",
            "<= 600 MiB"));
    return String.join("; ", words);
  }
}
