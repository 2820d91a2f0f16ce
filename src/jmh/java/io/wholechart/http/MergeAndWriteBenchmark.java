package io.wholechart.http;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.SharedChart;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.Completeness;
import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** So many entries of two sources, merged and written as the body of the answer. */
public class MergeAndWriteBenchmark extends Measured {
  @Param({"100", "1000"})
  public int entries;

  private PatientRequest request;
  private List<SourceReport> reports;
  private List<Entry> all;

  @Setup
  public void read() throws InterruptedException {
    request = new PatientRequest(new PatientId("p-1001"), Urgency.EMERGENCY, Set.of(), 0);
    reports = SharedChart.of(entries);
    all = Payloads.entries(reports);
  }

  @Benchmark
  public int mergeAndWrite() throws IOException {
    PatientRecord record = Merge.merge(all);
    var completeness = Completeness.of(reports, record);
    var aggregation = new Aggregation(reports, record, completeness, Duration.ofMillis(41));
    Body body = ChartJson.write(new Reply.Chart(request, aggregation), "a-request", 41);
    body.writeTo(OutputStream.nullOutputStream());
    return body.length();
  }
}
