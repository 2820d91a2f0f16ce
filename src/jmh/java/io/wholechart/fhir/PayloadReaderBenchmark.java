package io.wholechart.fhir;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A Bundle, cut into resources and read. */
public class PayloadReaderBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private byte[] body;

  @Setup
  public void read() throws IOException {
    body = Payloads.of(size).ehr();
  }

  @Benchmark
  public FhirPayload slice() throws InterruptedException {
    return PayloadReader.read(body);
  }
}
