package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import io.wholechart.bench.Lab.Field;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sources are silent, and emergencies come: how far beyond the deadline is the answer? */
final class HungExperiment implements Experiment {
  private static final int EMERGENCIES = 1000;
  private static final int DEADLINE = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Table table =
      new Table(
          "All sources silent, emergencies (deadline " + DEADLINE / 1000 + " s)",
          "contender",
          "1,000 at once: p50 over ms",
          "p99.9 over ms",
          "a single one: median over ms",
          "errors",
          "must");

  private static final class Figures {
    final Rounds median = new Rounds();
    final Rounds highest = new Rounds();
    final Rounds single = new Rounds();
    final Map<String, Long> outcomes = new LinkedHashMap<>();
    long errors;

    void count(Load.Result result) {
      errors += result.errors();
      result.outcomes().forEach((what, count) -> outcomes.merge(what, count, Long::sum));
    }
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    Lab.say("all sources hung");
    lab.stub().delay(0);
    try (Field field = lab.start(Setting.byDefault(lab.stub().ports()))) {
      lab.check(field, Charts.SMALL, 24);
      lab.warm(field, Charts.SMALL, 64, lab.scale().warm());
      Map<String, Figures> figures = new LinkedHashMap<>();
      field.all().forEach(running -> figures.put(running.name(), new Figures()));
      for (int i = -1; i < lab.scale().bursts(); i++) {
        for (Running running : field.all()) {
          Load.Result result = burst(lab, running, EMERGENCIES);
          if (i >= 0) { // the first one is the warm-up of everything that a cancellation runs
            Figures f = figures.get(running.name());
            f.median.add(result.millis(50) - DEADLINE);
            f.highest.add(result.millis(99.9) - DEADLINE);
            f.count(result);
          }
        }
      }
      for (int i = 0; i < lab.scale().singles(); i++) {
        for (Running running : field.all()) {
          Load.Result result = burst(lab, running, 1);
          Figures f = figures.get(running.name());
          f.single.add(result.millis(50) - DEADLINE);
          f.count(result);
        }
      }
      figures.forEach((name, f) -> row(report, name, f, figures));
    }
    table.note("Right is a 504, since every source timed out; latency counts from the sending.");
    report.add(table);
  }

  /** All is well until that moment: to a source that is known to hang nobody would be sent. */
  private static Load.Result burst(Lab lab, Running running, int emergencies) throws IOException {
    lab.stub().delay(0);
    lab.recover(running, Charts.SMALL);
    lab.stub().hang();
    try (Load load = running.load(Charts.SMALL, "emergency")) {
      return load.burst(emergencies, 504, PATIENCE);
    }
  }

  private void row(Report report, String name, Figures f, Map<String, Figures> figures) {
    table.row(
        name,
        f.median.text(1),
        f.highest.text(1),
        f.single.text(1),
        number(f.errors, 0),
        name.equals(Contender.OURS) ? musts(report, f, figures) : "");
    if (f.errors > 0) {
      table.note("%s: %s", name, f.outcomes);
    }
  }

  private static String musts(Report report, Figures ours, Map<String, Figures> figures) {
    String single =
        report.must(
            "overshoot of a single hung emergency",
            ours.single.median(),
            number(ours.single.median(), 1) + " ms",
            10,
            "< 10 ms",
            "< 3 ms");
    if (!figures.containsKey(Contender.VERTX)) {
      return single;
    }
    double ratio = ours.highest.median() / figures.get(Contender.VERTX).highest.median();
    String burst =
        report.must(
            "overshoot p99.9, 1,000 at once all hung",
            ratio,
            number(ratio, 2) + " x Vert.x",
            1.0,
            "<= 1.0",
            "<= 0.6");
    return String.join("; ", List.of(burst, single));
  }
}
