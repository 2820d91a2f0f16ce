package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Received;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Entries and reports as sources would have made them, in as few words as a test can say it. */
public final class Charts {
  private Charts() {}

  /** An entry that was read from JSON, of the one who was asked for. */
  public static Entry entry(String source, String json) {
    return entry(source, "", json);
  }

  public static Entry entry(String source, String fullUrl, String json) {
    String bundle =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"%s\",\"resource\":%s}]}"
            .formatted(fullUrl, json);
    try {
      var read = (FhirPayload.Bundle) PayloadReader.read(bundle.getBytes(UTF_8));
      Resource resource = read.resources().getFirst();
      return new Entry(
          source, resource.bytes(), resource.facts(), Instant.EPOCH, IdentityVerdict.MATCH);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static SourceReport report(String source, Set<Section> sections, SourceResult result) {
    return new SourceReport(
        source,
        sections,
        result,
        Duration.ZERO,
        1,
        Instant.EPOCH,
        new SourceId(null, "p-1"),
        null,
        Received.NOTHING);
  }

  /** It answered with these, and they are all it has. */
  public static SourceReport answered(String source, Entry... entries) {
    return report(source, Set.of(Section.values()), new SourceResult.Complete(List.of(entries)));
  }

  public static Failure failure(FailureReason reason) {
    return new Failure(reason, "failed in a test");
  }
}
