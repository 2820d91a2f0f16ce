package io.wholechart.merge;

import io.wholechart.patient.Absence;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import org.jspecify.annotations.Nullable;

/**
 * Whether an entry says that what it is about holds. Dispenses and administrations do not say it of
 * the drug: their status is that of handing it out.
 */
enum Standing {
  HOLDS,
  ENDED,
  UNSTATED;

  /** Whether the entries of the section say it of something that lasts. */
  static boolean isOf(Section section) {
    return section == Section.ALLERGIES
        || section == Section.CONDITIONS
        || section == Section.MEDICATIONS;
  }

  static Standing of(Section section, ResourceFacts facts) {
    if (Absence.isClaim(section, facts) || Absence.isNoInformation(section, facts)) {
      return UNSTATED;
    }
    return switch (facts.type()) {
      case "AllergyIntolerance", "Condition" ->
          isWithdrawn(facts.verificationStatus()) ? ENDED : ofCondition(facts.clinicalStatus());
      case "MedicationRequest", "MedicationStatement" -> ofDrug(facts.status());
      case "Immunization", "Procedure" -> ofAct(facts.status());
      default -> UNSTATED;
    };
  }

  /** The word of the entry that says it. */
  static String word(ResourceFacts facts) {
    @Nullable String word =
        isWithdrawn(facts.verificationStatus())
            ? facts.verificationStatus()
            : facts.clinicalStatus() != null ? facts.clinicalStatus() : facts.status();
    return word == null ? "" : word;
  }

  static boolean isWithdrawn(@Nullable String verificationStatus) {
    return "refuted".equals(verificationStatus) || "entered-in-error".equals(verificationStatus);
  }

  private static Standing ofCondition(@Nullable String status) {
    return switch (status) {
      case "active", "recurrence", "relapse" -> HOLDS;
      case "inactive", "remission", "resolved" -> ENDED;
      case null, default -> UNSTATED;
    };
  }

  private static Standing ofDrug(@Nullable String status) {
    return switch (status) {
      case "active" -> HOLDS;
      case "on-hold", "stopped", "cancelled", "completed", "not-taken", "entered-in-error" -> ENDED;
      case null, default -> UNSTATED;
    };
  }

  private static Standing ofAct(@Nullable String status) {
    return switch (status) {
      case "completed", "in-progress" -> HOLDS;
      case "not-done", "entered-in-error" -> ENDED;
      case null, default -> UNSTATED;
    };
  }
}
