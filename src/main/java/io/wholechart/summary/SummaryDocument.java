package io.wholechart.summary;

import io.wholechart.patient.ResourceBytes;
import java.time.Instant;
import java.util.List;

/**
 * A summary, ready to be written as a Bundle of type {@code document}.
 *
 * @param identifier a UUID that no other document has
 * @param parts the Composition first
 */
public record SummaryDocument(String identifier, Instant at, Edition edition, List<Part> parts) {
  /** One resource of it, with the ids and references that it has in the document. */
  public record Part(String type, String id, ResourceBytes resource) {
    public String reference() {
      return type + "/" + id;
    }
  }

  public SummaryDocument {
    parts = List.copyOf(parts);
  }

  @Override
  public String toString() {
    return "SummaryDocument[" + parts.size() + "]";
  }
}
