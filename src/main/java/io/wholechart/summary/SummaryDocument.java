package io.wholechart.summary;

import io.wholechart.patient.IdentityVerdict;
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
  /**
   * One resource of it, with the ids and references that it has in the document.
   *
   * @param identity how sure we are that it is this patient's
   */
  public record Part(String type, String id, ResourceBytes resource, IdentityVerdict identity) {
    static Part ours(String type, String id, ResourceBytes resource) {
      return new Part(type, id, resource, IdentityVerdict.MATCH);
    }

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
