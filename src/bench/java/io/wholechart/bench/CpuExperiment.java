package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import com.sun.management.OperatingSystemMXBean;
import io.wholechart.bench.Lab.Field;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CPU a request, requests a second, p99 and memory, with sources that answer at once. */
final class CpuExperiment implements Experiment {
  private static final int CONNECTIONS = 64;

  private final Table table =
      new Table(
          "CPU a request: " + CONNECTIONS + " connections, sources at once",
          "patient",
          "contender",
          "CPU us a request",
          "requests/s",
          "p99 ms",
          "RSS MiB",
          "allocated KiB a request",
          "errors",
          "not whole",
          "must");
  private final Map<String, List<Rounds>> cpu = new LinkedHashMap<>();

  /** The figures of one contender. */
  private static final class Figures {
    final Rounds cpu = new Rounds();
    final Rounds perSecond = new Rounds();
    final Rounds p99 = new Rounds();
    final Rounds resident = new Rounds();
    final Rounds allocated = new Rounds();
    final Map<String, Long> outcomes = new LinkedHashMap<>();
    long errors;
    long notWhole;

    String allocatedText() {
      return allocated.isEmpty() ? "-" : number(allocated.median(), 0);
    }
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    lab.stub().delay(0);
    run(lab, report, "small", Charts.SMALL, 24);
    run(lab, report, "large", Charts.LARGE, Charts.LARGE_ENTRIES);
    table.picture(Picture.bars("CPU a request", "us", List.of("small"), first(0)));
    table.picture(Picture.bars("CPU a request", "us", List.of("large"), first(1)));
    table.note(
        "CPU: user and system time of all processes of the contender over completed requests.");
    table.note(
        "Allocated: by all threads of the JVM, asked with jcmd in a round of its own at the end.");
    report.add(table);
  }

  private Map<String, List<Rounds>> first(int at) {
    Map<String, List<Rounds>> one = new LinkedHashMap<>();
    cpu.forEach((name, rounds) -> one.put(name, List.of(rounds.get(at))));
    return one;
  }

  private void run(Lab lab, Report report, String size, String patient, int entries)
      throws IOException {
    Lab.say("CPU a request, %s", size);
    try (Field field = lab.start(Setting.byDefault(lab.stub().ports()))) {
      lab.check(field, patient, entries);
      Stub.Served received = oneRequest(lab, field.all().getFirst(), patient, entries);
      lab.warm(field, patient, CONNECTIONS, lab.scale().warm());
      Map<String, Figures> figures = new LinkedHashMap<>();
      field.all().forEach(running -> figures.put(running.name(), new Figures()));
      var overhead = new Overhead(lab.stub());
      for (int round = 0; round < lab.scale().rounds(); round++) {
        for (Running running : field.all()) {
          measure(lab, running, patient, figures.get(running.name()), overhead);
        }
      }
      allocation(lab, field, patient, figures);
      figures.forEach((name, f) -> row(report, size, name, f, figures));
      table.note(
          "%s: the sources send %s KiB in %s calls a request; stubs %s us and callers %s us of CPU"
              + " a request, on the same cores.",
          size,
          number(received.bytes() / 1024.0, 1),
          received.calls(),
          number(overhead.stubs.median(), 0),
          number(overhead.callers.median(), 0));
      allocationMust(report, size, figures.get(Contender.OURS), received.bytes());
    }
  }

  private static Stub.Served oneRequest(Lab lab, Running running, String patient, int entries)
      throws IOException {
    Stub.Served before = lab.stub().served();
    lab.check(running, patient, entries);
    return lab.stub().served().since(before);
  }

  private void measure(Lab lab, Running running, String patient, Figures figures, Overhead overhead)
      throws IOException {
    try (Load load = running.load(patient, "normal")) {
      overhead.begin();
      Usage before = running.usage();
      Load.Result result = load.closed(CONNECTIONS, 200, lab.scale().round(), CONNECTIONS);
      Usage after = running.usage();
      overhead.end(result.completed());
      figures.cpu.add((after.cpuMicros() - before.cpuMicros()) / (double) result.completed());
      figures.perSecond.add(result.perSecond());
      figures.p99.add(result.millis(99));
      figures.resident.add(after.residentMiB());
      figures.errors += result.errors();
      figures.notWhole += result.completed() - result.whole();
      result.outcomes().forEach((what, count) -> figures.outcomes.merge(what, count, Long::sum));
    }
  }

  private static void allocation(Lab lab, Field field, String patient, Map<String, Figures> figures)
      throws IOException {
    for (Running running : field.all()) {
      if (running.contender().isJvm()) {
        var jvm = new AttachedJvm(running.pid());
        try (Load load = running.load(patient, "normal")) {
          long before = jvm.allocatedBytes();
          Load.Result result = load.closed(CONNECTIONS, 200, lab.scale().round(), CONNECTIONS);
          double perRequest = (jvm.allocatedBytes() - before) / (double) result.completed();
          figures.get(running.name()).allocated.add(perRequest / 1024);
        }
      }
    }
  }

  private void row(
      Report report, String size, String name, Figures f, Map<String, Figures> figures) {
    cpu.computeIfAbsent(name, _ -> new ArrayList<>()).add(f.cpu);
    table.row(
        size,
        name,
        f.cpu.text(0),
        f.perSecond.text(0),
        f.p99.text(1),
        f.resident.text(0),
        f.allocatedText(),
        number(f.errors, 0),
        number(f.notWhole, 0),
        name.equals(Contender.OURS) ? musts(report, size, f, figures) : "");
    if (f.errors > 0) {
      table.note("%s, %s: %s", name, size, f.outcomes);
    }
  }

  private static String musts(
      Report report, String size, Figures ours, Map<String, Figures> figures) {
    boolean isSmall = size.equals("small");
    String text =
        against(
            report,
            size,
            ours,
            figures,
            Contender.VERTX,
            isSmall ? 2.0 : 1.0,
            isSmall ? "1.3" : "0.6");
    return isSmall && figures.containsKey(Contender.NODE)
        ? text + "; " + against(report, size, ours, figures, Contender.NODE, 0.9, "")
        : text;
  }

  private static String against(
      Report report,
      String size,
      Figures ours,
      Map<String, Figures> figures,
      String peer,
      double bound,
      String aim) {
    if (!figures.containsKey(peer)) {
      return "";
    }
    double ratio = ours.cpu.median() / figures.get(peer).cpu.median();
    return report.must(
        "CPU a request, " + size,
        ratio,
        number(ratio, 2) + " x " + peer,
        bound,
        "<= " + bound,
        aim.isEmpty() ? "" : "<= " + aim);
  }

  private static void allocationMust(Report report, String size, Figures ours, double received) {
    double times = ours.allocated.median() * 1024 / received;
    report.must(
        "allocation a request, " + size,
        0,
        number(ours.allocated.median(), 0) + " KiB, " + number(times, 1) + " x received",
        0,
        "stated",
        size.equals("small") ? "<= 3 x received" : "");
  }

  /** What stubs and callers cost, which share the cores with whom they serve and ask. */
  private static final class Overhead {
    private final OperatingSystemMXBean self =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Stub stub;
    final Rounds stubs = new Rounds();
    final Rounds callers = new Rounds();
    private long stubBefore;
    private long selfBefore;

    Overhead(Stub stub) {
      this.stub = stub;
    }

    void begin() throws IOException {
      stubBefore = stub.usage().cpuMicros();
      selfBefore = self.getProcessCpuTime();
    }

    void end(long requests) throws IOException {
      stubs.add((stub.usage().cpuMicros() - stubBefore) / (double) requests);
      callers.add((self.getProcessCpuTime() - selfBefore) / 1000.0 / requests);
    }
  }
}
