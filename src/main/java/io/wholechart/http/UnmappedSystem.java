package io.wholechart.http;

import io.wholechart.fhir.OperationOutcomeJson;
import io.wholechart.fhir.OperationOutcomeJson.Detail;
import io.wholechart.fhir.OperationOutcomeJson.Issue;
import io.wholechart.http.SearchsetEntry.Mode;
import java.util.List;

/**
 * What a search says that found nobody among those whom it could ask about: where there is one id
 * everywhere, who has a number of another system is looked for by that id alone.
 */
final class UnmappedSystem {
  private static final String ID = "unmapped-system";

  private UnmappedSystem() {}

  static SearchsetEntry outcome() {
    var issue =
        new Issue(
            "warning",
            "incomplete",
            new Detail("urn:wholechart:search", ID),
            "the crosswalk does not map this system's numbers: somebody whom sources know by"
                + " another id may have it");
    return SearchsetEntry.of(
        "OperationOutcome/" + ID,
        OperationOutcomeJson.write(ID, null, List.of(issue)),
        Mode.OUTCOME);
  }
}
