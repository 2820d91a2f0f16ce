package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body turned out to be. */
public sealed interface FhirPayload {

  /**
   * A Bundle, whole.
   *
   * @param resources its entries but for OperationOutcomes, which speak about the answer and not
   *     the patient
   * @param included how many of them are no matches but came along ({@code search.mode})
   * @param next the link to the next page, as sent; empty where there is one that leads nowhere
   * @param total what the server says matched, over all pages; what came along is not counted
   * @param hasError whether an OperationOutcome entry says {@code error} or {@code fatal}
   * @param isHollow whether an entry is there without a resource: matched, counted, and not sent
   * @param isSubsetted whether the Bundle or an entry is tagged {@code SUBSETTED}
   */
  record Bundle(
      List<Resource> resources,
      int included,
      @Nullable String next,
      @Nullable Integer total,
      boolean hasError,
      boolean isHollow,
      boolean isSubsetted)
      implements FhirPayload {
    public Bundle {
      resources = List.copyOf(resources);
    }
  }

  /** One resource of another type; an OperationOutcome among them. */
  record Single(Resource resource) implements FhirPayload {}

  /** Not FHIR JSON. */
  record Unreadable(Problem problem) implements FhirPayload {}

  /** Why a body is not FHIR JSON, in our words: an upstream's text is never passed on. */
  enum Problem {
    EMPTY("is empty"),
    NOT_JSON("is not well-formed JSON"),
    NOT_UTF8("is not UTF-8"),
    NOT_A_RESOURCE("is JSON but not a FHIR resource"),
    TOO_DEEP("is nested too deeply, or holds a value that is too long"),
    TOO_MANY("has more entries than maxEntries allows");

    private final String words;

    Problem(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
