package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an OperationOutcome. It is told what to say: nothing of a patient or an upstream. */
public final class OperationOutcomeJson {
  private OperationOutcomeJson() {}

  /**
   * One issue.
   *
   * @param severity {@code error}, {@code warning} or {@code information}
   * @param code R4's issue type
   * @param detail the same in our own vocabulary; null where R4's says it all
   * @param text for people
   */
  public record Issue(String severity, String code, @Nullable Detail detail, String text) {}

  /** A code of a closed vocabulary of ours. */
  public record Detail(String system, String code) {}

  /**
   * Writes one.
   *
   * @param id null for none
   * @param source the URI of the source that it speaks about; null where that is none
   */
  public static byte[] write(@Nullable String id, @Nullable String source, List<Issue> issues) {
    var json = new JsonBuffer();
    json.open(null).text("resourceType", "OperationOutcome").text("id", id);
    if (source != null) {
      json.open("meta").text("source", source).close();
    }
    json.openList("issue");
    for (Issue issue : issues) {
      json.open(null).text("severity", issue.severity()).text("code", issue.code());
      json.open("details");
      if (issue.detail() != null) {
        json.openList("coding").open(null);
        json.text("system", issue.detail().system()).text("code", issue.detail().code());
        json.close().closeList();
      }
      json.text("text", issue.text()).close().close();
    }
    json.closeList().close();
    return json.toByteArray();
  }
}
