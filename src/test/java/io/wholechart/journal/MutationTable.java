package io.wholechart.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How often which harm was found, and by which exit code it was told. */
final class MutationTable {
  private final Map<String, int[]> kinds = new TreeMap<>();
  private final List<String> missed = new ArrayList<>();
  private int all;
  private int detected;

  void add(
      String sample,
      String what,
      Path file,
      int at,
      Verification verification,
      Set<Integer> expected) {
    int code = verification.exitCode();
    kinds.computeIfAbsent(sample + "  " + what, _ -> new int[9])[code]++;
    all++;
    detected += code > 1 ? 1 : 0;
    if (!expected.contains(code)) {
      missed.add(
          "%s %s, %s at %d: %d, %s"
              .formatted(sample, what, file.getFileName(), at, code, verification.describe()));
    }
  }

  /** What was not found, or told by a code that says something else. */
  List<String> missed() {
    return missed;
  }

  int all() {
    return all;
  }

  String text() {
    var text = new StringBuilder();
    text.append("%-48s %9s  exit codes%n".formatted("harm", "cases"));
    kinds.forEach((kind, codes) -> {
      int cases = 0;
      var by = new StringBuilder();
      for (int code = 0; code < codes.length; code++) {
        cases += codes[code];
        by.append(codes[code] == 0 ? "" : "  %d: %d".formatted(code, codes[code]));
      }
      text.append("%-48s %9d%s%n".formatted(kind, cases, by));
    });
    return text.append(
            "%ndetected %d of %d: %.3f %%, undetected %d, told by another code than expected %d%n"
                .formatted(detected, all, 100.0 * detected / all, all - detected, missed.size()))
        .toString();
  }
}
