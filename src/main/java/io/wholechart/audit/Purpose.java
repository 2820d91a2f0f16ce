package io.wholechart.audit;

import org.jspecify.annotations.Nullable;

/**
 * Why somebody asks.
 *
 * @param purposeOfUse of HL7's vocabulary: {@code TREAT}, {@code ETREAT}, {@code BTG}, …
 * @param urgencyAsked null where the request named no legal one, or was not read so far
 * @param urgencyGranted by which it was served; null where it was not
 * @param reason a person's words for breaking the glass
 */
public record Purpose(
    String purposeOfUse,
    @Nullable String urgencyAsked,
    @Nullable String urgencyGranted,
    @Nullable String reason) {
  public static final String TREATMENT = "TREAT";
  public static final String EMERGENCY_TREATMENT = "ETREAT";
  public static final String BREAK_THE_GLASS = "BTG";
  public static final String COMPLIANCE = "HCOMPL";

  public Purpose {
    Wording.word("purposeOfUse", purposeOfUse);
    if (urgencyAsked != null) {
      Wording.word("urgencyAsked", urgencyAsked);
    }
    if (urgencyGranted != null) {
      Wording.word("urgencyGranted", urgencyGranted);
    }
    if (reason != null) {
      Wording.name("reason", reason, 1000);
    }
  }

  @Override
  public String toString() {
    return "Purpose[" + purposeOfUse + "]"; // a reason may name anybody
  }
}
