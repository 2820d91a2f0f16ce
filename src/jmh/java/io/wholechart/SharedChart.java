package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Received;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A chart of as many entries as one likes, of two sources that hold the half of it both: results
 * for the most part, every fifth a drug.
 */
public final class SharedChart {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

  private static final String RESULT =
      """
      {"resource":{"resourceType":"Observation","id":"o-%1$d","meta":{"versionId":"1","lastUpdated":"2026-02-03T08:00:00Z"},
      "status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
      "code":{"coding":[{"system":"http://loinc.org","code":"%2$d-1","display":"Analyte %2$d"}],"text":"Analyte %2$d"},
      "subject":{"reference":"Patient/p-1001"},"effectiveDateTime":"%3$s","issued":"%3$s",
      "valueQuantity":{"value":%4$d.5,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}}\
      """;

  private static final String DRUG =
      """
      {"resource":{"resourceType":"MedicationRequest","id":"m-%1$d","meta":{"versionId":"1","lastUpdated":"2026-02-03T08:00:00Z"},
      "status":"active","intent":"order","medicationCodeableConcept":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm",
      "code":"%2$d","display":"Drug %2$d 10 MG Oral Tablet"}],"text":"Drug %2$d"},"subject":{"reference":"Patient/p-1001"},
      "authoredOn":"%3$s","dosageInstruction":[{"text":"Take %4$d tablets daily","timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d"}}}]}}\
      """;

  private SharedChart() {}

  /** What two sources send that hold so many entries together. */
  public static List<SourceReport> of(int entries) throws InterruptedException {
    int each = entries / 2;
    return List.of(
        report("ehr", 0, each, Set.of(Section.RESULTS, Section.MEDICATIONS)),
        report("lab", each / 2, each + each / 2, Set.of(Section.RESULTS)));
  }

  private static SourceReport report(String source, int from, int to, Set<Section> sections)
      throws InterruptedException {
    String bundle =
        IntStream.range(from, to)
            .mapToObj(SharedChart::entry)
            .collect(Collectors.joining(",", "{\"resourceType\":\"Bundle\",\"entry\":[", "]}"));
    var read = (FhirPayload.Bundle) PayloadReader.read(bundle.getBytes(UTF_8));
    List<Entry> entries =
        read.resources().stream()
            .map(r -> new Entry(source, r.bytes(), r.facts(), NOW, IdentityVerdict.MATCH))
            .toList();
    return new SourceReport(
        source,
        sections,
        new SourceResult.Complete(entries),
        Duration.ofMillis(41),
        1,
        NOW,
        SourceId.same(new PatientId("p-1001"), null),
        IdentityVerdict.MATCH,
        Received.NOTHING);
  }

  private static String entry(int number) {
    String form = number % 5 == 0 ? DRUG : RESULT;
    Instant time = NOW.minus(Duration.ofHours(number / 4));
    return form.formatted(number, 1000 + number % 40, time, number % 9);
  }
}
