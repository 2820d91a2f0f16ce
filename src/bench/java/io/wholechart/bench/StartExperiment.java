package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** From the start of the process to its first whole answer, and what it then holds in memory. */
final class StartExperiment implements Experiment {
  private static final double MUST_SECONDS = 1.3;
  private static final double MUST_SECONDS_IMAGE = 1.0;

  private final List<Contender> image;

  /**
   * @param image the service with a runtime of its own, where somebody has made one
   */
  StartExperiment(List<Contender> image) {
    this.image = image;
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    Lab.say("starts");
    lab.stub().delay(0);
    Map<String, List<Rounds>> figures = new LinkedHashMap<>();
    for (int i = 0; i < lab.scale().starts(); i++) {
      List<Contender> all = new ArrayList<>(lab.contenders());
      all.addAll(image);
      for (Contender contender : all) {
        try (var running =
            Running.start(contender, Setting.byDefault(lab.stub().ports()), lab.work())) {
          LockSupport.parkNanos(lab.scale().idle().toNanos());
          List<Rounds> rounds =
              figures.computeIfAbsent(contender.name(), _ -> List.of(new Rounds(), new Rounds()));
          rounds.get(0).add(running.toFirstAnswer().toMillis() / 1000.0);
          rounds.get(1).add(running.usage().residentMiB());
        }
      }
    }
    var table = new Table("Start", "contender", "to the first answer s", "idle RSS MiB", "must");
    figures.forEach((name, rounds) ->
        table.row(
            name,
            rounds.get(0).text(2),
            rounds.get(1).text(0),
            name.startsWith(Contender.OURS) ? must(report, name, rounds.get(0)) : ""));
    if (image.isEmpty()) {
      table.note("The image is not there; `make image` makes it.");
    }
    table.note("Of Node's processes the memory that they share is counted in each.");
    report.add(table);
  }

  private static String must(Report report, String name, Rounds seconds) {
    double must = name.equals(Contender.OURS) ? MUST_SECONDS : MUST_SECONDS_IMAGE;
    return report.must(
        "start to the first answer, " + name,
        seconds.median(),
        number(seconds.median(), 2) + " s",
        must,
        "<= " + must + " s",
        "0.7 s");
  }
}
