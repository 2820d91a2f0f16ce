package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import io.wholechart.Measured;
import io.wholechart.Payloads;
import java.io.IOException;
import java.io.OutputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What the resources of a FHIR source cost from the body that they came in to the one that they go
 * out in: here as slices, and by HAPI's model as it is parsed and encoded again.
 */
public class ReadAgainstHapiBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private final FhirContext hapi = FhirContext.forR4Cached();
  private byte[] body;

  @Setup
  public void read() throws IOException {
    body = Payloads.of(size).ehr();
  }

  @Benchmark
  public int slices() throws IOException, InterruptedException {
    var bundle = (FhirPayload.Bundle) PayloadReader.read(body);
    for (Resource resource : bundle.resources()) {
      resource.bytes().writeTo(OutputStream.nullOutputStream());
    }
    return bundle.resources().size();
  }

  @Benchmark
  public int hapi() {
    var bundle = hapi.newJsonParser().parseResource(Bundle.class, new String(body, UTF_8));
    return hapi.newJsonParser().encodeResourceToString(bundle).getBytes(UTF_8).length;
  }
}
