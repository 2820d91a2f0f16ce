package io.wholechart.fhir;

import ca.uhn.fhir.context.FhirContext;
import io.wholechart.Measured;
import io.wholechart.Payloads;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** All resources of a chart under an answer's names, beside reading and writing them with HAPI. */
public class SpliceBenchmark extends Measured {
  @Param({"small", "large"})
  public String size;

  private List<Entry> entries;
  private List<String> texts;
  private FhirContext r4;

  @Setup
  public void read() throws IOException, InterruptedException {
    var bundle = (FhirPayload.Bundle) PayloadReader.read(Payloads.of(size).ehr());
    entries =
        bundle.resources().stream()
            .map(r -> new Entry("ehr", r.bytes(), r.facts(), Instant.EPOCH, IdentityVerdict.MATCH))
            .toList();
    texts = bundle.resources().stream().map(r -> r.bytes().json()).toList();
    r4 = FhirContext.forR4Cached();
  }

  @Benchmark
  public int splice() {
    AnswerNames names = AnswerNames.of(entries);
    int length = 0;
    for (Entry entry : entries) {
      length += Splice.of(entry, names.id(entry), names).length();
    }
    return length;
  }

  @Benchmark
  public int hapi() {
    int length = 0;
    for (String text : texts) {
      var resource = r4.newJsonParser().parseResource(text);
      length += r4.newJsonParser().encodeResourceToString(resource).length();
    }
    return length;
  }
}
