package io.wholechart.http;

import io.wholechart.fhir.AnswerNames;
import io.wholechart.fhir.OperationOutcomeJson;
import io.wholechart.fhir.OperationOutcomeJson.Detail;
import io.wholechart.fhir.OperationOutcomeJson.Issue;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what the sources disagree on, and which resources to look at; the values stand in those. */
final class Disagreements {
  private static final String KIND = "urn:wholechart:conflict";
  private static final String ID = "conflicts";

  private Disagreements() {}

  /** One outcome for all of them; none where the sources agree. */
  static Optional<SearchsetEntry> of(List<Conflict> conflicts, AnswerNames names) {
    List<Issue> issues = conflicts.stream().map(conflict -> issue(conflict, names)).toList();
    return issues.isEmpty()
        ? Optional.empty()
        : Optional.of(
            SearchsetEntry.of(
                "OperationOutcome/" + ID,
                OperationOutcomeJson.write(ID, null, issues),
                Mode.OUTCOME));
  }

  private static Issue issue(Conflict conflict, AnswerNames names) {
    List<String> sides = new ArrayList<>();
    for (Conflict.Claim claim : conflict.claims()) {
      sides.add(
          String.join(", ", claim.sources()) + " (" + references(claim.entries(), names) + ")");
    }
    return new Issue(
        "information",
        "informational", // R4's "conflict" is between edits
        new Detail(KIND, conflict.kind().key()),
        "not the same " + conflict.element() + ": " + String.join("; ", sides));
  }

  private static String references(List<Entry> entries, AnswerNames names) {
    List<String> references = new ArrayList<>();
    for (Entry entry : entries) {
      @Nullable String id = names.id(entry);
      if (id != null) {
        references.add(entry.facts().type() + "/" + id);
      }
    }
    return String.join(", ", references);
  }
}
