package io.wholechart.http;

import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.ResourceBytes;

/**
 * One entry of a searchset.
 *
 * @param reference {@code Type/id}
 * @param mode why it is there
 * @param identity how sure we are that it is this patient's
 */
record SearchsetEntry(
    String reference, ResourceBytes resource, Mode mode, IdentityVerdict identity) {

  /** R4's search entry modes. */
  enum Mode {
    MATCH("match"),
    INCLUDE("include"),
    OUTCOME("outcome");

    private final String code;

    Mode(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  static SearchsetEntry of(String reference, byte[] json, Mode mode) {
    return new SearchsetEntry(
        reference, new ResourceBytes(json, 0, json.length), mode, IdentityVerdict.MATCH);
  }
}
