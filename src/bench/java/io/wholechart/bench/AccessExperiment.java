package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import io.wholechart.bench.Lab.Field;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it costs to find out who asks: the same service for everybody, and for who has a token. */
final class AccessExperiment implements Experiment {
  private static final int CONNECTIONS = 64;
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final int ROUNDS = 8;
  private static final int LEAST = 2000; // requests a round, on a machine that has other work too
  private static final String TOKENS = Contender.OURS + ", tokens";
  private static final double BOUND = 1.05;

  private final Table table =
      new Table(
          "CPU a request, without and with tokens: " + CONNECTIONS + " connections, small patient",
          "access",
          "CPU us a request",
          "requests/s",
          "errors",
          "must");

  private static final class Figures {
    final Rounds cpu = new Rounds();
    final Rounds perSecond = new Rounds();
    final Map<String, Long> outcomes = new LinkedHashMap<>();
    long errors;
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    Lab.say("CPU a request, without and with tokens");
    lab.stub().delay(0);
    Contender open = lab.contenders().getFirst();
    try (var issuer = TokenIssuer.start();
        Field field =
            lab.start(Setting.byDefault(lab.stub().ports()), List.of(open, asked(open, issuer)))) {
      lab.check(field, Charts.SMALL, 24);
      lab.warm(field, Charts.SMALL, CONNECTIONS, lab.scale().warm());
      Map<String, Figures> figures = new LinkedHashMap<>();
      field.all().forEach(running -> figures.put(running.name(), new Figures()));
      List<Running> turns = new ArrayList<>(field.all());
      for (int round = 0; round < ROUNDS; round++) {
        for (Running running : turns) {
          measure(running, figures.get(running.name()));
        }
        Collections.reverse(turns); // whatever the one before leaves to the next, both get alike
      }
      figures.forEach((name, f) -> row(report, name, f, figures));
    }
    table.note("With tokens: one JWT, signed with ES256, verified once and then remembered.");
    report.add(table);
  }

  private static Contender asked(Contender open, TokenIssuer issuer) {
    return new Contender(
        TOKENS,
        open.version(),
        folder -> {
          issuer.configure(folder.resolve("wholechart.yaml"));
          return open.command().apply(folder);
        },
        "Bearer " + issuer.token());
  }

  private static void measure(Running running, Figures figures) throws IOException {
    try (Load load = running.load(Charts.SMALL, "normal")) {
      Usage before = running.usage();
      Load.Result result = load.closed(CONNECTIONS, 200, ROUND, LEAST);
      Usage after = running.usage();
      figures.cpu.add((after.cpuMicros() - before.cpuMicros()) / (double) result.completed());
      figures.perSecond.add(result.perSecond());
      figures.errors += result.errors();
      result.outcomes().forEach((what, count) -> figures.outcomes.merge(what, count, Long::sum));
    }
  }

  private void row(Report report, String name, Figures f, Map<String, Figures> figures) {
    boolean isAsked = name.equals(TOKENS);
    double ratio = f.cpu.median() / figures.get(Contender.OURS).cpu.median();
    table.row(
        isAsked ? "oauth" : "loopback",
        f.cpu.text(1),
        f.perSecond.text(0),
        number(f.errors, 0),
        isAsked
            ? report.must(
                "CPU of access control",
                ratio,
                number(ratio, 3) + " x loopback",
                BOUND,
                "<= " + BOUND,
                "")
            : "");
    if (f.errors > 0) {
      table.note("%s: %s", name, f.outcomes);
    }
  }
}
