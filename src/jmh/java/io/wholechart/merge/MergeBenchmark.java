package io.wholechart.merge;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientRecord;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The entries of four sources, made one record. */
public class MergeBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private List<Entry> entries;

  @Setup
  public void read() throws IOException, InterruptedException {
    entries = Payloads.entries(Payloads.of(size).verified());
  }

  @Benchmark
  public PatientRecord merge() {
    return Merge.merge(entries);
  }
}
