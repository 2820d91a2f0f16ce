package io.wholechart.http;

import io.wholechart.fhir.OperationOutcomeJson;
import io.wholechart.fhir.OperationOutcomeJson.Detail;
import io.wholechart.fhir.OperationOutcomeJson.Issue;
import io.wholechart.fhir.Splice;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import java.util.List;

/** Says of each source that did not answer whole that it did not, as FHIR says it. */
final class MissingSources {
  private static final String REASON = "urn:wholechart:failure-reason";

  private MissingSources() {}

  static List<SearchsetEntry> of(List<SourceReport> reports) {
    return reports.stream()
        .flatMap(r -> r.result().failure().stream().map(f -> outcome(r.source(), f)))
        .toList();
  }

  /** Says of what something is kept from who asks, where the site lets it be said. */
  static List<SearchsetEntry> withheld(List<String> withheld) {
    if (withheld.isEmpty()) {
      return List.of();
    }
    var issue =
        new Issue(
            "warning",
            "suppressed",
            new Detail(REASON, FailureReason.DENIED.key()),
            "withheld from this caller, wholly or in part: " + String.join(", ", withheld));
    return List.of(
        SearchsetEntry.of(
            "OperationOutcome/withheld",
            OperationOutcomeJson.write("withheld", null, List.of(issue)),
            Mode.OUTCOME));
  }

  private static SearchsetEntry outcome(String source, Failure failure) {
    var detail = new Detail(REASON, failure.reason().key());
    String text = failure.message(source);
    var incomplete = new Issue("warning", "incomplete", detail, text);
    var cause = new Issue("warning", issueType(failure.reason()), detail, text);
    String id = "missing-" + source;
    return SearchsetEntry.of(
        "OperationOutcome/" + id,
        OperationOutcomeJson.write(id, Splice.sourceUri(source), List.of(incomplete, cause)),
        Mode.OUTCOME);
  }

  /** R4's code for the cause: {@code transient} is what may be another time. */
  static String issueType(FailureReason reason) {
    return switch (reason) {
      case TIMEOUT -> "timeout";
      case THROTTLED -> "throttled";
      case DENIED, IDENTITY_MISMATCH -> "suppressed";
      case UNREACHABLE,
          ERROR,
          AUTH_FAILED,
          INVALID,
          OVER_LIMIT,
          PARTIAL,
          ID_UNRESOLVED,
          CIRCUIT_OPEN,
          OVERLOADED,
          REFUSED_REDIRECT ->
          "transient";
    };
  }
}
