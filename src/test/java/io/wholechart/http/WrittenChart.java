package io.wholechart.http;

import io.wholechart.Charts;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.Completeness;
import io.wholechart.fhir.Resource;
import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What sources sent, merged and written as the native route does it. */
final class WrittenChart {
  private WrittenChart() {}

  static byte[] of(Map<String, List<Resource>> resources) {
    List<SourceReport> reports = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    resources.forEach((source, its) -> {
      List<Entry> sent =
          its.stream()
              .map(r ->
                  new Entry(source, r.bytes(), r.facts(), Instant.EPOCH, IdentityVerdict.MATCH))
              .toList();
      reports.add(Charts.answered(source, sent.toArray(Entry[]::new)));
      entries.addAll(sent);
    });
    var record = Merge.merge(entries);
    var aggregation =
        new Aggregation(reports, record, Completeness.of(reports, record), Duration.ZERO);
    var request = new PatientRequest(new PatientId("p-1"), Urgency.NORMAL, Set.of(), 0);
    return ChartJson.write(new Reply.Chart(request, aggregation), "r-1", 1).toByteArray();
  }
}
