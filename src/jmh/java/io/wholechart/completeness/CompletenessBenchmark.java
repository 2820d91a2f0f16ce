package io.wholechart.completeness;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.merge.Merge;
import io.wholechart.patient.PatientRecord;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A record, weighed against what its sources are responsible for. */
public class CompletenessBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private List<SourceReport> reports;
  private PatientRecord record;

  @Setup
  public void read() throws IOException, InterruptedException {
    reports = Payloads.of(size).verified();
    record = Merge.merge(Payloads.entries(reports));
  }

  @Benchmark
  public Completeness weigh() {
    return Completeness.of(reports, record);
  }
}
