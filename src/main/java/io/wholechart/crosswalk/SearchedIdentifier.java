package io.wholechart.crosswalk;

import io.wholechart.patient.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * A number by which somebody is searched for. What a source states may look like anything; this is
 * a caller's text that goes into another system's URL, so it has the alphabets of ids and of URIs.
 *
 * @param system the URI of the assigning authority; empty for a number of none, null where any will
 *     do
 */
public record SearchedIdentifier(@Nullable String system, String value) {
  private static final int LONGEST_SYSTEM = 255;

  public SearchedIdentifier {
    if (!isLegal(system, value)) {
      // Neither of them is in the message: they are a patient's.
      throw new IllegalArgumentException("not an identifier that can be searched for");
    }
  }

  public static boolean isLegal(@Nullable String system, String value) {
    return SourceId.isLegal(value) && (system == null || isUri(system));
  }

  /** Its characters alone (RFC 3986), without those that separate in a FHIR search. */
  private static boolean isUri(String system) {
    boolean isUri = system.length() <= LONGEST_SYSTEM;
    for (int i = 0; i < system.length() && isUri; i++) {
      char c = system.charAt(i);
      isUri =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~:/?#[]@!&'()*+;=%".indexOf(c) >= 0;
    }
    return isUri;
  }

  @Override
  public String toString() {
    return "SearchedIdentifier[withheld]";
  }
}
