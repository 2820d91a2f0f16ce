package io.wholechart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process and all that it started have used, as Linux counts it.
 *
 * @param cpuMicros user and system time
 * @param residentBytes now
 * @param peakBytes the most since the start, or since {@link #forgetPeak}
 */
record Usage(long cpuMicros, long residentBytes, long peakBytes) {
  private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux since 2.6

  /** CPU time in ticks, that of children which have ended included. */
  static long withEnded(ProcessHandle process) throws IOException {
    long ticks = 0;
    for (long pid : tree(process)) {
      try {
        String[] fields = stat(pid);
        for (int field = 11; field <= 14; field++) {
          ticks += Long.parseLong(fields[field]);
        }
      } catch (IOException e) {
        // ended between being listed and being read; its parent has its time by now
      }
    }
    return ticks;
  }

  static Usage of(ProcessHandle process) throws IOException {
    long cpu = 0;
    long resident = 0;
    long peak = 0;
    for (long pid : tree(process)) {
      try {
        String[] fields = stat(pid);
        cpu += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
          resident += line.startsWith("VmRSS:") ? bytes(line) : 0;
          peak += line.startsWith("VmHWM:") ? bytes(line) : 0;
        }
      } catch (IOException e) {
        // ended between being listed and being read
      }
    }
    return new Usage(cpu, resident, peak);
  }

  static void forgetPeak(ProcessHandle process) throws IOException {
    for (long pid : tree(process)) {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    }
  }

  double residentMiB() {
    return residentBytes / 1048576.0;
  }

  double peakMiB() {
    return peakBytes / 1048576.0;
  }

  /** The fields behind the process's name, which may hold blanks: user time is at 11. */
  private static String[] stat(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  private static List<Long> tree(ProcessHandle process) {
    List<Long> pids = new ArrayList<>(List.of(process.pid()));
    process.descendants().forEach(child -> pids.add(child.pid()));
    return pids;
  }

  private static long bytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
