package io.wholechart.hl7v2;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A laboratory's messages, made into resources. */
public class Hl7v2ReaderBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private final Hl7v2Reader reader = new Hl7v2Reader();
  private byte[] body;

  @Setup
  public void read() throws IOException {
    body = Payloads.of(size).lab();
  }

  @Benchmark
  public Hl7v2Reading author() {
    return reader.read(body, null);
  }
}
