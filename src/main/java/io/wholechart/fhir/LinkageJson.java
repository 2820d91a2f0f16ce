package io.wholechart.fhir;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes that resources of several sources say the same, without making one of them. */
public final class LinkageJson {
  private LinkageJson() {}

  /**
   * Writes a Linkage.
   *
   * @param references to the resources, the one that is shown first at the head; at least two
   */
  public static byte[] write(List<String> references) {
    var json = new JsonBuffer();
    json.open(null).text("resourceType", "Linkage").text("id", id(references));
    json.openList("item");
    for (String reference : references) {
      boolean isFirst = reference.equals(references.getFirst());
      json.open(null).text("type", isFirst ? "source" : "alternate");
      DataTypes.reference(json, "resource", reference);
      json.close();
    }
    json.closeList().close();
    return json.toByteArray();
  }

  /** The same in every answer, and no source's: theirs begin with a name and a dot. */
  public static String id(List<String> references) {
    return "linkage-"
        + AnswerIds.hash(String.join(" ", references).getBytes(StandardCharsets.UTF_8));
  }
}
