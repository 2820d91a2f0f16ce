package io.wholechart.summary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.completeness.Completeness;
import io.wholechart.merge.Merge;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.source.SourceReport;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Summaries of what sources came to, and what stands in them. */
final class Documents {
  static final Instant AT = Instant.parse("2026-11-25T10:00:00Z");
  static final String IDENTIFIER = "7685713c-e29e-4a75-8a90-45be7ba3be94";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Documents() {}

  static SummaryDocument of(
      List<SourceReport> reports, Optional<Edition> asked, Conflict... conflicts) {
    List<Entry> entries = reports.stream().flatMap(r -> r.result().entries().stream()).toList();
    var merged = Merge.merge(entries);
    var record =
        conflicts.length == 0
            ? merged
            : new PatientRecord(merged.sections(), merged.other(), List.of(conflicts));
    var completeness = Completeness.of(reports, record);
    var chart = new Chart(new PatientId("p-1"), reports, record, completeness);
    return Summary.of(chart, asked, AT, IDENTIFIER);
  }

  static JsonNode composition(SummaryDocument document) {
    return json(document.parts().getFirst());
  }

  /** The section with the code; missing where there is none. */
  static JsonNode section(SummaryDocument document, String loinc) {
    for (JsonNode section : composition(document).path("section")) {
      if (section.at("/code/coding/0/code").asText().equals(loinc)) {
        return section;
      }
    }
    return JSON.missingNode();
  }

  static JsonNode resource(SummaryDocument document, String reference) {
    return document.parts().stream()
        .filter(part -> part.reference().equals(reference))
        .findFirst()
        .map(Documents::json)
        .orElseThrow(() -> new AssertionError("not in the document: " + reference));
  }

  static String code(JsonNode resource) {
    JsonNode concept = resource.path("code");
    concept = concept.isMissingNode() ? resource.path("medicationCodeableConcept") : concept;
    return concept.at("/coding/0/code").asText();
  }

  static JsonNode json(SummaryDocument.Part part) {
    try {
      return JSON.readTree(part.resource().json());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
