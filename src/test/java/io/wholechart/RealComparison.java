package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.real.Direct;
import io.wholechart.real.Direct.Followed;
import io.wholechart.real.Held;
import io.wholechart.real.Population.Synthetic;
import io.wholechart.real.Progress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What sources hold beside what was answered, patient by patient and type by type. */
final class RealComparison {
  private final List<String> table;
  private final List<String> deviations = new ArrayList<>();

  /** By source and type: how many are held, shown natively, and in {@code $everything}. */
  private final Map<String, Map<String, int[]>> byType = new TreeMap<>();

  private int lost;
  private int foreign;

  RealComparison(List<String> table, String how) {
    this.table = table;
    table.add("");
    table.add("EHR by " + how);
    table.add(
        String.format(
            "  %-36s  %6s %6s %4s %7s %8s  %5s %7s  %7s %9s",
            "patient",
            "ehr",
            "pages",
            "lab",
            "imaging",
            "pharmacy",
            "lost",
            "foreign",
            "ms",
            "EHR alone"));
  }

  void expect(Synthetic patient, String what, Object expected, Object seen) {
    if (!expected.equals(seen)) {
      String words = patient.id() + ": " + what + " should be " + expected + ", is " + seen;
      table.add("  DEVIATES " + words);
      deviations.add(words);
    }
  }

  /** Compares resource by resource; what cannot be seen in the counts is lost or foreign. */
  void compare(Synthetic patient, String source, Held held, Held shown) {
    expect(patient, source, held.counts(), shown.counts());
    lost += held.without(shown).size();
    foreign += shown.without(held).size();
    count(source, held.counts(), 0);
    count(source, shown.counts(), 1);
  }

  /** Compares the counts of {@code $everything}, whose resources have names of its own. */
  void compareEverything(
      Synthetic patient, String source, Held held, Map<String, Integer> everything) {
    expect(patient, source + " in $everything", held.counts(), everything);
    count(source, everything, 2);
  }

  /** All pages of {@code $everything}, counted by source and type. */
  static Map<String, Map<String, Integer>> everything(Caller caller, Synthetic patient)
      throws Exception {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    String next = "/fhir/Patient/" + patient.id() + "/$everything?_count=100";
    while (!next.isEmpty()) {
      Answered page = caller.get(next);
      assertThat(page.status()).as(patient.id()).isEqualTo(200);
      next = Direct.countEverything(page.json(), counts).map(RealComparison::path).orElse("");
    }
    return counts;
  }

  private static String path(String url) {
    URI uri = URI.create(url);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }

  private void count(String source, Map<String, Integer> counts, int column) {
    Map<String, int[]> types = byType.computeIfAbsent(source, _ -> new TreeMap<>());
    counts.forEach((type, n) -> types.computeIfAbsent(type, _ -> new int[3])[column] += n);
  }

  void endPatient(Synthetic patient, Map<String, Held> held, Followed chart, long elapsedMs) {
    expect(patient, "lost", 0, lost);
    expect(patient, "foreign", 0, foreign);
    String row =
        String.format(
            "  %-36s  %6d %6d %4d %7d %8d  %5d %7d  %7d %9d",
            patient.id(),
            chart.held().count(),
            chart.pages(),
            held.get("lab").count(),
            held.get("imaging").count(),
            held.get("pharmacy").count(),
            lost,
            foreign,
            elapsedMs,
            chart.elapsedMs());
    table.add(row);
    Progress.say(row.strip());
    lost = 0;
    foreign = 0;
  }

  /** Writes the sums by type, and returns whatever was not as expected. */
  List<String> end() {
    table.add(
        String.format(
            "  %-10s %-26s %8s %8s %12s", "source", "type", "held", "answered", "$everything"));
    byType.forEach((source, types) ->
        types.forEach((type, n) ->
            table.add(
                String.format("  %-10s %-26s %8d %8d %12d", source, type, n[0], n[1], n[2]))));
    return List.copyOf(deviations);
  }
}
