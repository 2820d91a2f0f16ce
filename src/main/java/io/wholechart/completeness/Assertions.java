package io.wholechart.completeness;

import io.wholechart.patient.Coding;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a positive "there is none" from an ordinary entry and from a confession of not knowing.
 *
 * <p>Only codes that speak of a whole section count. "No known drug allergy" does not make the
 * allergies empty: it says nothing of penicillin's neighbour, the peanut, so it is shown as the
 * entry that it is.
 *
 * <p>Sources: SNOMED CT International (716186003 and the "No known …" situations for the other
 * sections), and the code system {@code absent-unknown-uv-ips} of the International Patient Summary
 * 1.1.0, whose {@code no-…-info} codes mean the opposite of an assertion.
 */
final class Assertions {
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private static final Map<Section, Set<Coding>> NONE_KNOWN = new EnumMap<>(Section.class);
  private static final Map<Section, Coding> NO_INFORMATION = new EnumMap<>(Section.class);

  static {
    section(Section.ALLERGIES, "716186003", "no-known-allergies", "no-allergy-info");
    section(Section.CONDITIONS, "160245001", "no-known-problems", "no-problem-info");
    section(Section.MEDICATIONS, "787481004", "no-known-medications", "no-medication-info");
    section(Section.IMMUNIZATIONS, "787482006", "no-known-immunizations", "no-immunization-info");
    section(Section.PROCEDURES, "787480003", "no-known-procedures", "no-procedure-info");
  }

  private Assertions() {}

  private static void section(Section section, String snomed, String ips, String ipsNoInfo) {
    NONE_KNOWN.put(section, Set.of(new Coding(SNOMED, snomed), new Coding(IPS, ips)));
    NO_INFORMATION.put(section, new Coding(IPS, ipsNoInfo));
  }

  /**
   * Whether the entry asserts that the section has nothing, and still stands by it. It must be
   * proven to be this patient's: an unverified entry is shown as what it is, but nobody should
   * leave out a question for it.
   */
  static boolean isNoneKnown(Section section, Entry entry) {
    return entry.identity() == IdentityVerdict.MATCH
        && NONE_KNOWN.getOrDefault(section, Set.of()).stream()
            .anyMatch(entry.facts().codings()::contains)
        && stands(entry.facts());
  }

  /** Whether the entry says that its source knows nothing about the section. */
  static boolean isNoInformation(Section section, Entry entry) {
    @Nullable Coding code = NO_INFORMATION.get(section);
    return code != null && entry.facts().codings().contains(code);
  }

  /** An assertion that was refuted, retracted, resolved or never confirmed asserts nothing. */
  private static boolean stands(ResourceFacts facts) {
    return isOneOf(facts.verificationStatus(), "confirmed")
        && isOneOf(facts.clinicalStatus(), "active")
        && isOneOf(facts.status(), "active", "completed", "not-done", "recorded");
  }

  private static boolean isOneOf(@Nullable String status, String... allowed) {
    return status == null || Set.of(allowed).contains(status);
  }
}
