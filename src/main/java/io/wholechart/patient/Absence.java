package io.wholechart.patient;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
public final class Absence {
  private static final String SNOMED = "http://snomed.info/sct";
  private static final String IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";

  private static final Map<Section, List<Coding>> NONE_KNOWN = new EnumMap<>(Section.class);
  private static final Map<Section, Coding> NO_INFORMATION = new EnumMap<>(Section.class);

  static {
    section(Section.ALLERGIES, "716186003", "no-known-allergies", "no-allergy-info");
    section(Section.CONDITIONS, "160245001", "no-known-problems", "no-problem-info");
    section(Section.MEDICATIONS, "787481004", "no-known-medications", "no-medication-info");
    section(Section.IMMUNIZATIONS, "787482006", "no-known-immunizations", "no-immunization-info");
    section(Section.PROCEDURES, "787480003", "no-known-procedures", "no-procedure-info");
  }

  private Absence() {}

  private static void section(Section section, String snomed, String ips, String ipsNoInfo) {
    NONE_KNOWN.put(section, List.of(new Coding(SNOMED, snomed), new Coding(IPS, ips)));
    NO_INFORMATION.put(section, new Coding(IPS, ipsNoInfo));
  }

  /** Whether anything can be said of the section as a whole. */
  public static boolean canBeStated(Section section) {
    return NONE_KNOWN.containsKey(section);
  }

  /** Whether the resource is about there being nothing, whatever became of that claim since. */
  public static boolean isClaim(Section section, ResourceFacts facts) {
    @Nullable List<Coding> claims = NONE_KNOWN.get(section);
    if (claims != null) {
      for (Coding claim : claims) {
        if (facts.codings().contains(claim)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the resource asserts that the section has nothing, and still stands by it. */
  public static boolean isAsserted(Section section, ResourceFacts facts) {
    return isClaim(section, facts) && stands(facts);
  }

  /** Whether the resource says that its source knows nothing about the section. */
  public static boolean isNoInformation(Section section, ResourceFacts facts) {
    @Nullable Coding code = NO_INFORMATION.get(section);
    return code != null && facts.codings().contains(code);
  }

  /** An assertion that was refuted, retracted, resolved or never confirmed asserts nothing. */
  private static boolean stands(ResourceFacts facts) {
    return isOneOf(facts.verificationStatus(), "confirmed")
        && isOneOf(facts.clinicalStatus(), "active")
        && isOneOf(facts.status(), "active", "completed", "not-done", "recorded");
  }

  private static boolean isOneOf(@Nullable String status, String... allowed) {
    return status == null || List.of(allowed).contains(status);
  }
}
