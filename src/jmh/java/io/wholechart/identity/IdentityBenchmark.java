package io.wholechart.identity;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Four sources that describe one patient, alike; and one name to be folded and compared. */
public class IdentityBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private List<SourceReport> reports;

  @Setup
  public void read() throws IOException, InterruptedException {
    reports = Payloads.of(size).reports();
  }

  @Benchmark
  public List<Checked> check() {
    return Identity.check(reports, SuspectRule.WITHHOLD);
  }

  @Benchmark
  public Agreement foldedName() {
    return Names.family("Łukasiewicz-Sørensen", "LUKASIEWICZ SORENSEN");
  }
}
