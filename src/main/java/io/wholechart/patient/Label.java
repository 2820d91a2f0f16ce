package io.wholechart.patient;

import java.util.Optional;

/**
 * A security label ({@code meta.security}) that keeps an entry from whoever may read its type.
 *
 * <p>The code alone decides, whatever its code system and in whatever case: the codes of HL7's
 * Confidentiality are one letter and mean nothing else among the labels, and a system that is
 * spelled wrongly must not open what somebody closed.
 */
public enum Label {
  /** Of HL7's Confidentiality. */
  RESTRICTED("R"),
  /** Of HL7's Confidentiality. */
  VERY_RESTRICTED("V"),
  /** Of HL7's ActCode: treatment of a substance use disorder, by the law of the United States. */
  PART_2("42CFRPart2");

  private static final Label[] LABELS = values();

  private final String code;

  Label(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Optional<Label> of(String code) {
    for (Label label : LABELS) {
      if (label.code.equalsIgnoreCase(code)) {
        return Optional.of(label);
      }
    }
    return Optional.empty();
  }
}
