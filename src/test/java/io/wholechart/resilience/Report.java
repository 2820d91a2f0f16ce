package io.wholechart.resilience;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured beside what it may be at most, or must be at least. */
final class Report {
  private final List<String> lines = new ArrayList<>();
  private final List<String> misses = new ArrayList<>();

  Report() {
    lines.add(String.format(Locale.ROOT, "%-78s %10s   %-12s", "scenario", "measured", "must be"));
  }

  void atMost(String what, double measured, double bound) {
    add(what, measured, "<= " + number(bound), measured <= bound);
  }

  void atLeast(String what, double measured, double bound) {
    add(what, measured, ">= " + number(bound), measured >= bound);
  }

  void note(String what, double measured) {
    add(what, measured, "", true);
  }

  private void add(String what, double measured, String bound, boolean isMet) {
    String line =
        String.format(
            Locale.ROOT,
            "%-78s %10s   %-12s %s",
            what,
            number(measured),
            bound,
            isMet ? "" : "MISSED");
    lines.add(line.stripTrailing());
    if (!isMet) {
      misses.add(line);
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  /** What was missed since this was asked last. */
  List<String> misses() {
    List<String> since = List.copyOf(misses);
    misses.clear();
    return since;
  }

  void write(Path file) throws IOException {
    lines.forEach(System.out::println);
    Files.createDirectories(file.getParent());
    Files.write(file, lines, StandardCharsets.UTF_8);
  }
}
