package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chart as JSON. Resources go from the body that they came in to the one that goes out
 * byte for byte; nothing is parsed or built for that.
 */
final class ChartJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedBoundedPool()) // see Bounds
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final Body.Builder out;
  private final JsonGenerator json;

  // Formatting one takes longer than all else of an entry, and most of a source have the same.
  private @Nullable Instant lastAsOf;
  private String lastAsOfText = "";

  private ChartJson(int textHint) throws IOException {
    out = new Body.Builder(textHint);
    json = JSON.createGenerator(out);
  }

  static Body write(Reply.Chart chart, String requestId, long responseTimeMs) {
    try {
      var writer = new ChartJson(textHint(chart.aggregation()));
      writer.chart(chart, requestId, responseTimeMs);
      writer.json.close();
      return writer.out.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
  }

  /** The share as the answer and the header write it: 0.75, 0.67, 1.0. */
  static String share(double share) {
    BigDecimal rounded = BigDecimal.valueOf(share).setScale(2, RoundingMode.DOWN);
    String text = rounded.stripTrailingZeros().toPlainString();
    return text.contains(".") ? text : text + ".0";
  }

  private static int textHint(Aggregation aggregation) {
    int entries = 0;
    for (SourceReport report : aggregation.reports()) {
      entries += report.result().entries().size();
    }
    return 4096 + 100 * entries;
  }

  private void chart(Reply.Chart chart, String requestId, long responseTimeMs) throws IOException {
    Aggregation aggregation = chart.aggregation();
    var completeness = aggregation.completeness();
    json.writeStartObject();
    json.writeStringField("patientId", chart.request().id().value());
    json.writeStringField("requestId", requestId);
    json.writeStringField("urgency", chart.request().urgency().key());
    json.writeBooleanField("isComplete", completeness.isComplete());
    json.writeFieldName("completeness");
    json.writeNumber(share(completeness.share()));
    json.writeNumberField("responseTime", responseTimeMs);
    names("sources", completeness.answered());
    failures(aggregation.reports());
    sourceStatus(aggregation.reports());
    sections(completeness.sections());
    ConflictsJson.write(json, aggregation.record());
    data(aggregation);
    json.writeEndObject();
  }

  private void failures(List<SourceReport> reports) throws IOException {
    json.writeArrayFieldStart("failures");
    for (SourceReport report : reports) {
      var failure = report.result().failure();
      if (failure.isPresent()) {
        json.writeStartObject();
        json.writeStringField("source", report.source());
        json.writeStringField("reason", failure.get().reason().key());
        json.writeStringField("message", failure.get().message(report.source()));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void sourceStatus(List<SourceReport> reports) throws IOException {
    json.writeArrayFieldStart("sourceStatus");
    for (SourceReport report : reports) {
      List<Entry> entries = report.result().entries();
      json.writeStartObject();
      json.writeStringField("source", report.source());
      json.writeStringField("status", report.result().status());
      json.writeNumberField("elapsedMs", report.elapsed().toMillis());
      json.writeNumberField("attempts", report.attempts());
      json.writeNumberField("entries", entries.size());
      if (report.asOf() != null) {
        json.writeStringField("asOf", report.asOf().toString());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void sections(Map<Section, SectionCompleteness> sections) throws IOException {
    json.writeObjectFieldStart("sections");
    for (var section : sections.entrySet()) {
      json.writeObjectFieldStart(section.getKey().key());
      json.writeStringField("state", section.getValue().state().key());
      names("expected", section.getValue().expected());
      names("answered", section.getValue().answered());
      if (section.getValue().isWithheld()) {
        json.writeBooleanField("isWithheld", true);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void data(Aggregation aggregation) throws IOException {
    var record = aggregation.record();
    json.writeObjectFieldStart("data");
    for (Section section : aggregation.completeness().sections().keySet()) {
      if (section == Section.PATIENT) {
        patient(record.in(section), record.conflictsIn(section));
      } else {
        entries(section.key(), record.in(section));
      }
    }
    entries("other", record.other());
    json.writeEndObject();
  }

  /**
   * The patient is one person however many sources describe them: the first one's words, then the
   * others'.
   */
  private void patient(List<MergedEntry> patients, List<Conflict> conflicts) throws IOException {
    if (patients.isEmpty()) {
      json.writeNullField("patient");
      return;
    }
    json.writeObjectFieldStart("patient");
    merged(asOne(patients));
    json.writeArrayFieldStart("conflicts");
    for (Conflict conflict : conflicts) {
      json.writeStartObject();
      json.writeStringField("element", conflict.element());
      json.writeArrayFieldStart("values");
      for (Conflict.Claim claim : conflict.claims()) {
        json.writeStartObject();
        json.writeStringField("value", claim.value());
        names("sources", claim.sources());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static MergedEntry asOne(List<MergedEntry> patients) {
    return new MergedEntry(patients.stream().flatMap(p -> p.originals().stream()).toList());
  }

  private void entries(String name, List<MergedEntry> entries) throws IOException {
    json.writeArrayFieldStart(name);
    for (MergedEntry entry : entries) {
      json.writeStartObject();
      merged(entry);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void merged(MergedEntry entry) throws IOException {
    original(entry.first(), entry.sources());
    if (entry.originals().size() > 1) {
      json.writeArrayFieldStart("also");
      for (Entry other : entry.originals().subList(1, entry.originals().size())) {
        json.writeStartObject();
        original(other, List.of(other.source()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private void original(Entry entry, List<String> sources) throws IOException {
    json.writeFieldName("resource");
    json.writeRawValue(""); // the generator now counts a value as written,
    json.flush(); // and what it holds is out,
    out.insert(entry.bytes()); // so that the value itself can be put there past it
    names("sources", sources);
    json.writeStringField("asOf", text(entry.asOf()));
    if (entry.identity() != IdentityVerdict.MATCH) {
      json.writeStringField("identity", entry.identity().key());
    }
  }

  private String text(Instant asOf) {
    if (!asOf.equals(lastAsOf)) {
      lastAsOf = asOf;
      lastAsOfText = asOf.toString();
    }
    return lastAsOfText;
  }

  private void names(String field, List<String> names) throws IOException {
    ConflictsJson.strings(json, field, names);
  }
}
