package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import io.wholechart.bench.Lab.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an answer takes beyond its slowest source, at a rate that leaves the machine at ease. */
final class LatencyExperiment implements Experiment {
  private static final int DELAY = 50;
  private static final int PER_SECOND = 200;
  private static final int MOST_CONNECTIONS = 512;
  private static final double[] PERCENTILES = {50, 99, 99.9};

  @Override
  public void run(Lab lab, Report report) throws IOException {
    Lab.say("latency over the slowest source");
    lab.stub().delay(0);
    try (Field field = lab.start(Setting.byDefault(lab.stub().ports()))) {
      lab.check(field, Charts.SMALL, 24);
      lab.warm(field, Charts.SMALL, 64, lab.scale().warm());
      lab.stub().delay(DELAY);
      Map<String, List<Rounds>> over = new LinkedHashMap<>();
      Map<String, Long> errors = new LinkedHashMap<>();
      for (int round = 0; round < lab.scale().rounds(); round++) {
        for (Running running : field.all()) {
          try (Load load = running.load(Charts.SMALL, "normal")) {
            add(running.name(), ask(lab, load), over, errors);
          }
        }
        try (var load =
            new Load(lab.stub().ports().getFirst(), "/fhir/Patient/p-1001/$everything", "")) {
          add("(the source itself)", ask(lab, load), over, errors);
        }
      }
      report.add(table(report, over, errors));
    }
  }

  private static Load.Result ask(Lab lab, Load load) throws IOException {
    return load.open(PER_SECOND, MOST_CONNECTIONS, 200, lab.scale().round());
  }

  private static void add(
      String name, Load.Result result, Map<String, List<Rounds>> over, Map<String, Long> errors) {
    List<Rounds> rounds =
        over.computeIfAbsent(name, _ -> List.of(new Rounds(), new Rounds(), new Rounds()));
    for (int i = 0; i < PERCENTILES.length; i++) {
      rounds.get(i).add(result.millis(PERCENTILES[i]) - DELAY);
    }
    errors.merge(name, result.errors(), Long::sum);
  }

  private static Table table(
      Report report, Map<String, List<Rounds>> over, Map<String, Long> errors) {
    var table =
        new Table(
            "Latency over the slowest source (" + DELAY + " ms), " + PER_SECOND + " requests/s",
            "contender",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "errors",
            "must");
    over.forEach((name, rounds) ->
        table.row(
            name,
            rounds.get(0).text(2),
            rounds.get(1).text(2),
            rounds.get(2).text(2),
            number(errors.get(name), 0),
            name.equals(Contender.OURS) ? musts(report, over) : ""));
    table.picture(
        Picture.bars("Over the slowest source", "ms", List.of("p50", "p99", "p99.9"), over));
    table.note("Open model: latency counts from when a request was meant to leave.");
    table.note(
        "\"The source itself\" is one call to a stub by the same caller: what timers, sockets and"
            + " the two busy cores add to everybody.");
    return table;
  }

  private static String musts(Report report, Map<String, List<Rounds>> over) {
    if (!over.containsKey(Contender.VERTX)) {
      return "";
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String figure = "p" + number(PERCENTILES[i], 0) + " over the slowest source";
      double ratio =
          over.get(Contender.OURS).get(i).median() / over.get(Contender.VERTX).get(i).median();
      words.add(
          report.must(figure, ratio, number(ratio, 2) + " x Vert.x", 1.5, "<= 1.5", "<= 1.0"));
    }
    return String.join("; ", words);
  }
}
