package io.wholechart.bench;

import static io.wholechart.bench.Rounds.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the machine went to others while something was measured: a figure that was taken
 * beside a compiler is worth less, and should say so itself.
 */
record Noise(long machine, long bench, long nanos) {
  private static final int TICKS_PER_SECOND = 100;

  static Noise begin() throws IOException {
    return new Noise(machineTicks(), benchTicks(), System.nanoTime());
  }

  /** In words, for what happened since. */
  String since() throws IOException {
    long others = machineTicks() - machine - (benchTicks() - bench);
    double whole =
        (System.nanoTime() - nanos)
            / 1e9
            * TICKS_PER_SECOND
            * Runtime.getRuntime().availableProcessors();
    return "Meanwhile other work took "
        + number(100 * Math.max(0, others) / whole, 0)
        + " % of this machine's CPU.";
  }

  private static long machineTicks() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      // user, nice, system; then idle and waiting, which are no work; then interrupts and steal
      List<Long> ticks =
          Arrays.stream(lines.findFirst().orElseThrow().split(" +"))
              .skip(1)
              .map(Long::valueOf)
              .toList();
      return ticks.get(0)
          + ticks.get(1)
          + ticks.get(2)
          + ticks.get(5)
          + ticks.get(6)
          + ticks.get(7);
    }
  }

  private static long benchTicks() throws IOException {
    return Usage.withEnded(ProcessHandle.current());
  }
}
