package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.KeptBack;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientId;
import io.wholechart.source.SourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the record of an answer says of what was kept back of the chart, or shown nevertheless. */
final class KeptFromReader {
  private KeptFromReader() {}

  /**
   * @param shown which entries are in the answer
   */
  static KeptBack of(Aggregation aggregation, Predicate<Entry> shown) {
    Map<String, Integer> withheld = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    int lifted = 0;
    for (SourceReport report : aggregation.reports()) {
      report.withheld().entries().forEach((key, n) -> withheld.merge(key, n, Integer::sum));
      for (Entry entry : report.withheld().lifted()) {
        if (!shown.test(entry)) {
          continue;
        }
        lifted++;
        if (lifted <= KeptBack.MOST_NAMES) {
          names.add(name(entry));
        }
      }
    }
    return withheld.isEmpty() && lifted == 0
        ? KeptBack.NOTHING
        : new KeptBack(withheld, lifted, names);
  }

  /** An id that FHIR does not allow is text that a source may have made up, and stays out. */
  private static String name(Entry entry) {
    @Nullable String id = entry.facts().id();
    String type = entry.facts().type();
    return entry.source()
        + "/"
        + (PatientId.isLegal(type) ? type : "-")
        + "/"
        + (id != null && PatientId.isLegal(id) ? id : "-");
  }
}
