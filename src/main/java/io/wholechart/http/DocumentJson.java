package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.wholechart.summary.SummaryDocument;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a document Bundle around resources that are written already.
 *
 * <p>Its full URLs are of this service, so that the relative references of the resources lead to
 * what the document holds (R4, section 2.36.4). It claims no profile: whoever validates without the
 * guide would have to call that an error.
 */
final class DocumentJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.sharedBoundedPool()) // see Bounds
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private DocumentJson() {}

  static Body write(SummaryDocument document, String base) {
    var out = new Body.Builder(512 + 160 * document.parts().size());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("resourceType", "Bundle");
      json.writeStringField("id", document.identifier());
      json.writeObjectFieldStart("identifier");
      json.writeStringField("system", "urn:ietf:rfc:3986");
      json.writeStringField("value", "urn:uuid:" + document.identifier());
      json.writeEndObject();
      json.writeStringField("type", "document");
      json.writeStringField("timestamp", document.at().toString());
      json.writeArrayFieldStart("entry");
      for (SummaryDocument.Part part : document.parts()) {
        json.writeStartObject();
        SearchsetJson.identity(json, part.identity());
        json.writeStringField("fullUrl", base + "/" + part.reference());
        json.writeFieldName("resource");
        json.writeRawValue(""); // counted as written; what the generator holds is out,
        json.flush(); // and the resource is put there past it
        out.insert(part.resource());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
    return out.build();
  }
}
