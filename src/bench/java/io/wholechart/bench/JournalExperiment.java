package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long {@code wholechart audit verify} takes, and in how much memory, as the journal grows. */
final class JournalExperiment implements Experiment {
  private static final long BYTES_PER_RECORD = 1600;

  private final Path launcher;

  JournalExperiment(Path launcher) {
    this.launcher = launcher;
  }

  @Override
  public void run(Lab lab, Report report) throws IOException {
    var table =
        new Table(
            "Growth of the journal: audit verify",
            "records",
            "journal MiB",
            "seconds",
            "records/s",
            "peak RSS MiB");
    Path folder = Files.createDirectories(lab.work().resolve("journal"));
    try {
      for (int records : lab.scale().journals()) {
        Lab.say("audit verify: %d records", records);
        if (Files.getFileStore(folder).getUsableSpace() < records * BYTES_PER_RECORD) {
          table.row(number(records, 0), "does not fit this disk", "-", "-", "-");
          continue;
        }
        long bytes = Journal.write(folder, records);
        verify(folder, records, bytes, table);
      }
    } finally {
      Files.deleteIfExists(folder.resolve("audit-000001-000000000001.jsonl"));
    }
    table.note(
        "The journal was just written: it is read from the page cache as far as that holds it.");
    report.add(table);
  }

  private void verify(Path folder, int records, long bytes, Table table) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                List.of(launcher.toString(), "audit", "verify", "--dir", folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolveSibling("verify.log").toFile())
            .start();
    long peak = 0;
    try {
      while (process.isAlive()) {
        peak = Math.max(peak, Usage.of(process.toHandle()).peakBytes());
        if (process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Running.stop(process);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolveSibling("verify.log")));
    }
    table.row(
        number(records, 0),
        number(bytes / 1048576.0, 0),
        number(seconds, 1),
        number(records / seconds, 0),
        number(peak / 1048576.0, 0));
  }
}
