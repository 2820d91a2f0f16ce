package io.wholechart.dicom;

import io.wholechart.Measured;
import io.wholechart.Payloads;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** An archive's list of studies, made into resources. */
public class QidoReaderBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private final QidoReader reader = new QidoReader();
  private byte[] body;

  @Setup
  public void read() throws IOException {
    body = Payloads.of(size).imaging();
  }

  @Benchmark
  public QidoReading author() {
    return reader.read(body);
  }
}
