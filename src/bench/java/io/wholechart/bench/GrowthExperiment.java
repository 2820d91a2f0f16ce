package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import io.wholechart.bench.Lab.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How CPU a request grows with the sources, and with the entries of one. */
final class GrowthExperiment implements Experiment {
  private static final List<Integer> SOURCES = List.of(4, 8, 16);
  private static final List<Integer> ENTRIES = List.of(10, 100, 1000, 5000);

  /** Few, since 5,000 entries are 6 MB in and as much out for each request under way. */
  private static final int CONNECTIONS = 4;

  @Override
  public void run(Lab lab, Report report) throws IOException {
    lab.stub().delay(0);
    sources(lab, report);
    entries(lab, report);
  }

  private static void sources(Lab lab, Report report) throws IOException {
    Map<String, List<Rounds>> cpu = new LinkedHashMap<>();
    for (int count : SOURCES) {
      Lab.say("growth: %d sources", count);
      var setting =
          new Setting(
              StubSource.of(lab.stub().ports(), count, StubSource.ALL_SEARCHES),
              Setting.DEFAULT_CALLS);
      try (Field field = lab.start(setting)) {
        lab.check(field, Charts.SMALL, 24);
        lab.warm(field, Charts.SMALL, CONNECTIONS, lab.scale().warm().dividedBy(2));
        measure(lab, field, Charts.SMALL, cpu);
      }
    }
    report.add(table("Growth with the sources: CPU us a request", "sources", SOURCES, cpu));
  }

  private static void entries(Lab lab, Report report) throws IOException {
    Map<String, List<Rounds>> cpu = new LinkedHashMap<>();
    try (Field field = lab.start(Setting.byDefault(lab.stub().ports()))) {
      for (int count : ENTRIES) {
        Lab.say("growth: %d entries", count);
        String patient = "bench-" + count;
        lab.check(field, patient, count);
        lab.warm(field, patient, CONNECTIONS, lab.scale().warm().dividedBy(2));
        measure(lab, field, patient, cpu);
      }
    }
    report.add(
        table("Growth with the entries of the EHR: CPU us a request", "entries", ENTRIES, cpu));
  }

  private static void measure(Lab lab, Field field, String patient, Map<String, List<Rounds>> cpu)
      throws IOException {
    Map<String, Rounds> now = new LinkedHashMap<>();
    for (int round = 0; round < lab.scale().growthRounds(); round++) {
      for (Running running : field.all()) {
        try (Load load = running.load(patient, "normal")) {
          Usage before = running.usage();
          Load.Result result = load.closed(CONNECTIONS, 200, lab.scale().growth(), CONNECTIONS);
          if (result.errors() > 0 || result.whole() < result.completed()) {
            throw new IllegalStateException(
                running.name() + " does not keep up with " + patient + ": " + result.outcomes());
          }
          long micros = running.usage().cpuMicros() - before.cpuMicros();
          now.computeIfAbsent(running.name(), _ -> new Rounds())
              .add(micros / (double) result.completed());
        }
      }
    }
    now.forEach((name, rounds) -> cpu.computeIfAbsent(name, _ -> new ArrayList<>()).add(rounds));
  }

  private static Table table(
      String title, String what, List<Integer> at, Map<String, List<Rounds>> cpu) {
    List<String> columns = new ArrayList<>(List.of("contender"));
    at.forEach(count -> columns.add(number(count, 0) + " " + what));
    columns.add("the largest over the smallest, for each of the growth");
    var table = new Table(title, columns.toArray(String[]::new));
    Map<String, List<Double>> lines = new LinkedHashMap<>();
    double growth = (double) at.getLast() / at.getFirst();
    cpu.forEach((name, rounds) -> {
      List<String> cells = new ArrayList<>(List.of(name));
      rounds.forEach(r -> cells.add(r.text(0)));
      double factor = rounds.getLast().median() / rounds.getFirst().median() / growth;
      cells.add(number(factor, 2));
      table.row(cells.toArray(String[]::new));
      lines.put(name, rounds.stream().map(Rounds::median).toList());
    });
    table.picture(
        Picture.lines(title, what, "us", at.stream().map(Integer::doubleValue).toList(), lines));
    table.note(
        "%d connections. Above 1.00 in the last column, the cost grows faster than what is asked.",
        CONNECTIONS);
    return table;
  }
}
