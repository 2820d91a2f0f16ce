package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes where the entries of one source come from. */
public final class ProvenanceJson {
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

  private ProvenanceJson() {}

  /**
   * Writes a Provenance.
   *
   * @param targets references to the source's entries, at least one
   * @param asOf when they were true there, as a FHIR dateTime; null where nobody said
   * @param recorded when the answer was put together, as a FHIR instant
   */
  public static byte[] write(
      String id, String source, List<String> targets, @Nullable String asOf, String recorded) {
    var json = new JsonBuffer();
    json.open(null).text("resourceType", "Provenance").text("id", id);
    json.openList("target");
    targets.forEach(target -> DataTypes.reference(json, null, target));
    json.closeList().text("occurredDateTime", asOf).text("recorded", recorded);
    json.openList("agent");
    agent(json, "custodian", source, source);
    agent(json, "assembler", null, "Wholechart");
    json.closeList().close();
    return json.toByteArray();
  }

  private static void agent(JsonBuffer json, String role, @Nullable String source, String name) {
    json.open(null).open("type").openList("coding").open(null);
    json.text("system", PARTICIPANT).text("code", role);
    json.close().closeList().close();
    json.open("who");
    if (source != null) {
      json.open("identifier");
      json.text("system", "urn:wholechart:source").text("value", source);
      json.close();
    }
    json.text("display", name).close().close();
  }
}
