package io.wholechart.completeness;

import java.util.Optional;

/**
 * Why a section of a FHIR document or list is empty, by the codes of HL7's {@code
 * list-empty-reason}.
 *
 * <p>{@code nilknown} is "a positive statement by a clinical user, and not a default position
 * asserted by a computer system", so it comes from an assertion alone. That nobody has recorded
 * anything is {@code unavailable} as well: {@code notasked} and {@code notstarted} would tell of
 * what happened at the bedside, which no source said.
 */
public enum EmptyReason {
  NIL_KNOWN("nilknown", "Nil Known"),
  UNAVAILABLE("unavailable", "Unavailable"),
  WITHHELD("withheld", "Information Withheld");

  public static final String SYSTEM = "http://terminology.hl7.org/CodeSystem/list-empty-reason";

  private final String code;
  private final String display;

  EmptyReason(String code, String display) {
    this.code = code;
    this.display = display;
  }

  public String code() {
    return code;
  }

  public String display() {
    return display;
  }

  /**
   * Why the section is empty; nothing where it has something to show. A section that has a reason
   * must be written without entries (R4, {@code Composition}, cmp-2). That includes one of which
   * nothing is told but "there is none" while a source is missing or the claim is not to be
   * believed: as an entry, that claim would be read as if it held.
   */
  public static Optional<EmptyReason> of(SectionCompleteness section) {
    return switch (section) {
      case SectionCompleteness.NoneKnown _ -> Optional.of(NIL_KNOWN);
      case SectionCompleteness.Withheld _ -> Optional.of(WITHHELD);
      case SectionCompleteness.NoneRecorded _, SectionCompleteness.Unknown _ ->
          Optional.of(UNAVAILABLE);
      case SectionCompleteness.Present(var coverage) -> unlessEntries(coverage);
      case SectionCompleteness.Incomplete(var coverage) -> unlessEntries(coverage);
    };
  }

  private static Optional<EmptyReason> unlessEntries(Coverage coverage) {
    return coverage.contents() == Contents.ENTRIES ? Optional.empty() : Optional.of(UNAVAILABLE);
  }
}
