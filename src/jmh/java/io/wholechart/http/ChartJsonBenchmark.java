package io.wholechart.http;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.Completeness;
import io.wholechart.merge.Merge;
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

/** A chart, written as the body of the answer. */
public class ChartJsonBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private Reply.Chart chart;

  @Setup
  public void gather() throws IOException, InterruptedException {
    Payloads payloads = Payloads.of(size);
    List<SourceReport> reports = payloads.verified();
    PatientRecord record = Merge.merge(Payloads.entries(reports));
    chart =
        new Reply.Chart(
            new PatientRequest(payloads.id(), Urgency.EMERGENCY, Set.of(), 0),
            new Aggregation(
                reports, record, Completeness.of(reports, record), Duration.ofMillis(41)));
  }

  @Benchmark
  public int write() throws IOException {
    Body body = ChartJson.write(chart, "a-request", 41);
    body.writeTo(OutputStream.nullOutputStream());
    return body.length();
  }
}
