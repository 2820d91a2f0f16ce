package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wholechart.audit.TracedDriver.Mishap;
import io.wholechart.audit.TracedDriver.Ran;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every system call that the audit log makes goes wrong once, in three ways, in a log that is new
 * and in one that a crash had left; and what had been answered must be there. It writes what was
 * seen to {@code target/audit-system-calls.txt}.
 */
@Tag("audit-crash")
class SystemCallFaultsIT {
  private static final Duration START = Duration.ofSeconds(5);
  private static final String ROW = "%-5s %-10s %-8s %6s %8s %10s %6s  %-12s %9s  %s";

  private final List<String> table = new ArrayList<>();
  private final List<String> deviations = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  @TempDir Path folder;

  @Test
  void whatWasAnsweredIsThereWhicheverCallFails() throws Exception {
    assumeTrue(TracedDriver.isPossible(), "strace is not on this machine, or may not trace");
    table.add(
        ROW.formatted(
            "log",
            "call",
            "mishap",
            "runs",
            "ended",
            "answered",
            "lost",
            "verify",
            "start ms",
            ""));
    try {
      sweep("new", path -> {});
      Path left = left();
      sweep("old", path -> copy(left, path));
    } finally {
      table.add(
          "%d runs, %d answered; deviations: %d"
              .formatted(runs.get(), answered.get(), deviations.size()));
      table.addAll(deviations);
      table.forEach(System.out::println);
      Files.write(Path.of("target/audit-system-calls.txt"), table, StandardCharsets.UTF_8);
    }
    assertThat(deviations).isEmpty();
    assertThat(answered.get()).isPositive();
  }

  /** Makes a directory ready for a run. */
  private interface Preparation {
    void prepare(Path directory);
  }

  /** A log with several segments whose process was killed in the middle of them. */
  private Path left() throws Exception {
    Path directory = folder.resolve("left/log");
    var driver =
        new TracedDriver(directory, paths(directory, relative(folder.resolve("new-sample"))));
    assertThat(driver.run("write", Mishap.SIGKILL, 20).hasEnded()).isFalse();
    return directory.getParent();
  }

  private void sweep(String log, Preparation preparation) throws Exception {
    Set<Path> files = files(log, preparation);
    Path counted = folder.resolve(log + "-counted/log");
    preparation.prepare(counted.getParent());
    Map<String, Integer> calls = new TracedDriver(counted, paths(counted, files)).calls();
    assertThat(calls.keySet()).as("calls on a log").containsAll(TracedDriver.CALLS);
    for (String call : TracedDriver.CALLS) {
      for (Mishap mishap : Mishap.values()) {
        row(log, preparation, files, call, mishap, calls.getOrDefault(call, 0));
      }
    }
  }

  /** What a run leaves there: their names hang on lengths alone, so they are the same each time. */
  private Set<Path> files(String log, Preparation preparation) throws Exception {
    Path sample = folder.resolve(log + "-sample/log");
    preparation.prepare(sample.getParent());
    new TracedDriver(sample, Set.of()).calls();
    return relative(sample.getParent());
  }

  private void row(
      String log, Preparation preparation, Set<Path> files, String call, Mishap mishap, int most) {
    var ended = new AtomicInteger();
    var seen = new AtomicInteger();
    var lost = new AtomicInteger();
    var codes = new ConcurrentSkipListSet<Integer>();
    var longest = new AtomicLong();
    int before = deviations.size();
    IntStream.rangeClosed(1, most)
        .parallel()
        .forEach(n -> {
          String name = log + "-" + call + "-" + mishap + "-" + n;
          Path directory = folder.resolve(name).resolve("log");
          try {
            preparation.prepare(directory.getParent());
            Ran ran = new TracedDriver(directory, paths(directory, files)).run(call, mishap, n);
            runs.incrementAndGet();
            ended.addAndGet(ran.hasEnded() ? 1 : 0);
            seen.addAndGet(ran.answered().size());
            codes.add(verify(name, directory, ran));
            longest.accumulateAndGet(reopen(name, directory), Math::max);
            Set<String> missing = new TreeSet<>(ran.answered());
            missing.removeAll(new RecordedAccesses(directory).read().keySet());
            lost.addAndGet(missing.size());
            if (!missing.isEmpty()) {
              deviations.add(name + ": answered and not recorded: " + missing);
            }
          } catch (IOException | InterruptedException | AssertionError e) {
            deviations.add(name + ": " + e);
          }
        });
    answered.addAndGet(seen.get());
    table.add(
        ROW.formatted(
            log,
            call,
            mishap,
            most,
            ended.get(),
            seen.get(),
            lost.get(),
            codes,
            longest.get(),
            deviations.size() == before ? "as expected" : "DEVIATES"));
  }

  private int verify(String name, Path directory, Ran ran) {
    int code = AuditVerifier.verify(directory).exitCode();
    boolean isNotBegun = code == 1 && ran.answered().isEmpty();
    if (code != 0 && code != 2 && !isNotBegun) {
      deviations.add(name + ": verify says " + AuditVerifier.verify(directory).describe());
    }
    return code;
  }

  /** Starts on what is left, and adds to it; how long the start took, in milliseconds. */
  private long reopen(String name, Path directory) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long took;
    try (var metrics = new Metrics(List.of());
        var log = AccessDriver.open(directory, metrics)) {
      took = (System.nanoTime() - begun) / 1_000_000;
      assertThat(log.append(Records.outcome("after", "p-1001", 0)))
          .isInstanceOf(Recorded.Durable.class);
    }
    if (took > START.toMillis()) {
      deviations.add(name + ": started after " + took + " ms");
    }
    int code = AuditVerifier.verify(directory).exitCode();
    if (code != 0) {
      deviations.add(name + ": verify says " + code + " after the next start");
    }
    return took;
  }

  /** The log's files and those that they are made from. */
  private static Set<Path> paths(Path directory, Set<Path> files) {
    Set<Path> paths = new TreeSet<>();
    paths.add(directory);
    Path parent = directory.getParent();
    for (Path file : files) {
      paths.add(parent.resolve(file));
      paths.add(parent.resolve(file + ".new"));
    }
    return paths;
  }

  private static Set<Path> relative(Path parent) throws IOException {
    try (Stream<Path> all = Files.walk(parent)) {
      Set<Path> files = new TreeSet<>();
      all.filter(path -> !path.equals(parent)).map(parent::relativize).forEach(files::add);
      return files;
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
