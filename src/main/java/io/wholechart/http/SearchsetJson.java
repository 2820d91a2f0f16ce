package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wholechart.patient.IdentityVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a searchset Bundle around resources that are written already. */
final class SearchsetJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedBoundedPool()) // see Bounds
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();
  private static final String IDENTITY = "urn:wholechart:identity";

  private final Body.Builder out;
  private final JsonGenerator json;

  private SearchsetJson(int entries) throws IOException {
    out = new Body.Builder(512 + 160 * entries);
    json = JSON.createGenerator(out);
  }

  /**
   * One page.
   *
   * @param base of the full URLs
   * @param at when what it shows was so
   * @param total how many match on all pages; null where nobody knows
   * @param links by their relation
   */
  record Page(
      String base,
      Instant at,
      @Nullable Integer total,
      Map<String, String> links,
      List<SearchsetEntry> entries) {}

  static Body write(Page page) {
    try {
      var writer = new SearchsetJson(page.entries().size());
      writer.page(page);
      writer.json.close();
      return writer.out.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
  }

  private void page(Page page) throws IOException {
    json.writeStartObject();
    json.writeStringField("resourceType", "Bundle");
    json.writeObjectFieldStart("meta");
    json.writeStringField("lastUpdated", page.at().toString());
    json.writeEndObject();
    json.writeStringField("type", "searchset");
    if (page.total() != null) {
      json.writeNumberField("total", page.total());
    }
    json.writeArrayFieldStart("link");
    for (var link : page.links().entrySet()) {
      json.writeStartObject();
      json.writeStringField("relation", link.getKey());
      json.writeStringField("url", link.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (!page.entries().isEmpty()) { // FHIR has no empty lists
      json.writeArrayFieldStart("entry");
      for (SearchsetEntry entry : page.entries()) {
        entry(entry, page.base());
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void entry(SearchsetEntry entry, String base) throws IOException {
    json.writeStartObject();
    identity(json, entry.identity());
    json.writeStringField("fullUrl", base + "/" + entry.reference());
    json.writeFieldName("resource");
    json.writeRawValue(""); // counted as written; what the generator holds is out,
    json.flush(); // and the resource is put there past it
    out.insert(entry.resource());
    json.writeObjectFieldStart("search");
    json.writeStringField("mode", entry.mode().code());
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Says of an entry, whatever the Bundle, that it is not sure to be the patient's. */
  static void identity(JsonGenerator json, IdentityVerdict identity) throws IOException {
    if (identity != IdentityVerdict.MATCH) {
      json.writeArrayFieldStart("extension");
      json.writeStartObject();
      json.writeStringField("url", IDENTITY);
      json.writeStringField("valueCode", identity.key());
      json.writeEndObject();
      json.writeEndArray();
    }
  }
}
