package io.wholechart.completeness;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompletenessTest {
  private static final String IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
  private static final String SNOMED = "http://snomed.info/sct";

  @ParameterizedTest
  @CsvSource({
    "ALLERGIES, AllergyIntolerance, code, 716186003, no-known-allergies, no-allergy-info",
    "CONDITIONS, Condition, code, 160245001, no-known-problems, no-problem-info",
    "MEDICATIONS, MedicationStatement, medicationCodeableConcept, 787481004, no-known-medications, no-medication-info",
    "IMMUNIZATIONS, Immunization, vaccineCode, 787482006, no-known-immunizations, no-immunization-info",
    "PROCEDURES, Procedure, code, 787480003, no-known-procedures, no-procedure-info"
  })
  void noneKnownIsOnlyWhatASourceAsserts(
      Section section, String type, String field, String snomed, String ips, String ipsNoInfo) {
    assertThat(state(section, coded(type, field, SNOMED, snomed)))
        .isEqualTo(SectionState.NONE_KNOWN);
    assertThat(state(section, coded(type, field, IPS, ips))).isEqualTo(SectionState.NONE_KNOWN);
    assertThat(state(section, coded(type, field, IPS, ipsNoInfo))).isEqualTo(SectionState.UNKNOWN);
    assertThat(state(section, coded(type, field, "http://local", snomed)))
        .isEqualTo(SectionState.PRESENT);
    assertThat(state(section, coded(type, field, SNOMED, "1"))).isEqualTo(SectionState.PRESENT);
    assertThat(state(section)).isEqualTo(SectionState.NONE_RECORDED);
  }

  @ParameterizedTest
  @CsvSource({
    "409137002", // no known drug allergy
    "428607008", // no known environmental allergy
    "429625007" // no known food allergy
  })
  void noKnownAllergyOfOneKindIsAnEntryAndNotAnEmptySection(String snomed) {
    assertThat(state(Section.ALLERGIES, coded("AllergyIntolerance", "code", SNOMED, snomed)))
        .isEqualTo(SectionState.PRESENT);
  }

  @ParameterizedTest
  @CsvSource({
    "verificationStatus, refuted",
    "verificationStatus, entered-in-error",
    "verificationStatus, unconfirmed",
    "clinicalStatus, inactive",
    "clinicalStatus, resolved"
  })
  void anAssertionThatIsWithdrawnAssertsNothing(String field, String code) {
    String json =
        coded("AllergyIntolerance", "code", SNOMED, "716186003")
            .replace("}]}}", "}]},\"%s\":{\"coding\":[{\"code\":\"%s\"}]}}".formatted(field, code));
    assertThat(state(Section.ALLERGIES, json)).isEqualTo(SectionState.PRESENT);
  }

  @ParameterizedTest
  @CsvSource({
    "MedicationStatement, entered-in-error",
    "MedicationStatement, stopped",
    "Procedure, entered-in-error"
  })
  void norDoesOneWithAStatusThatTakesItBack(String type, String status) {
    boolean isProcedure = type.equals("Procedure");
    String json =
        coded(
                type,
                isProcedure ? "code" : "medicationCodeableConcept",
                IPS,
                isProcedure ? "no-known-procedures" : "no-known-medications")
            .replace("}]}}", "}]},\"status\":\"" + status + "\"}");
    assertThat(state(isProcedure ? Section.PROCEDURES : Section.MEDICATIONS, json))
        .isEqualTo(SectionState.PRESENT);
  }

  @Test
  void anAssertionBesideAnEntryIsContradictedByIt() {
    String none = coded("AllergyIntolerance", "code", SNOMED, "716186003");
    String peanut = coded("AllergyIntolerance", "code", SNOMED, "91935009");
    assertThat(state(Section.ALLERGIES, none, peanut)).isEqualTo(SectionState.PRESENT);
  }

  /** It may be a stranger who has no allergies. */
  @Test
  void anAssertionAboutNobodyKnownIsShownAndNotBelieved() {
    Entry none =
        entry("ehr", coded("AllergyIntolerance", "code", SNOMED, "716186003"))
            .withIdentity(IdentityVerdict.UNVERIFIED);
    var result = new SourceResult.Complete(List.of(none));
    assertThat(
            of(report("ehr", Set.of(Section.ALLERGIES), result))
                .sections()
                .get(Section.ALLERGIES)
                .state())
        .isEqualTo(SectionState.PRESENT);
  }

  @ParameterizedTest
  @EnumSource(FailureReason.class)
  void aSilentSourceIsNeverEmptyWhateverSilencedIt(FailureReason reason) {
    for (Section section : Section.values()) {
      SectionCompleteness silent =
          of(report("ehr", Set.of(section), new SourceResult.Failed(failure(reason))))
              .sections()
              .get(section);
      assertThat(silent.state())
          .isEqualTo(reason == FailureReason.DENIED ? SectionState.WITHHELD : SectionState.UNKNOWN);
      assertThat(silent.expected()).containsExactly("ehr");
      assertThat(silent.answered()).isEmpty();
    }
  }

  @Test
  void entriesOfASourceThatIsNotResponsibleMakeNoSectionWhole() {
    Entry allergy = entry("lab", coded("AllergyIntolerance", "code", SNOMED, "1"));
    var lab = report("lab", Set.of(Section.RESULTS), new SourceResult.Complete(List.of(allergy)));
    var unclaimed = of(lab).sections().get(Section.ALLERGIES);
    assertThat(unclaimed.state()).isEqualTo(SectionState.INCOMPLETE);
    assertThat(unclaimed.expected()).isEmpty();
    assertThat(unclaimed.answered()).isEmpty();

    var ehr =
        report(
            "ehr",
            Set.of(Section.ALLERGIES),
            new SourceResult.Failed(failure(FailureReason.TIMEOUT)));
    assertThat(of(lab, ehr).sections().get(Section.ALLERGIES).state())
        .isEqualTo(SectionState.INCOMPLETE);
  }

  @Test
  void sectionsThatNobodyAnswersForAndNobodyFillsAreNotThere() {
    var lab = report("lab", Set.of(Section.RESULTS), new SourceResult.NotFound());
    assertThat(of(lab).sections()).containsOnlyKeys(Section.RESULTS);
  }

  @Test
  void theShareIsThatOfTheSourcesThatAnsweredWhole() {
    var whole = report("a", Set.of(Section.RESULTS), new SourceResult.Complete(List.of()));
    var notFound = report("b", Set.of(Section.RESULTS), new SourceResult.NotFound());
    var partial =
        report(
            "c",
            Set.of(Section.RESULTS),
            new SourceResult.Incomplete(List.of(), failure(FailureReason.PARTIAL)));
    var silent =
        report(
            "d", Set.of(Section.RESULTS), new SourceResult.Failed(failure(FailureReason.TIMEOUT)));
    Completeness completeness = of(whole, partial, notFound, silent);
    assertThat(completeness.answered()).containsExactly("a", "b");
    assertThat(completeness.missing()).containsExactly("c", "d");
    assertThat(completeness.share()).isEqualTo(0.5);
    assertThat(completeness.isComplete()).isFalse();
    assertThat(completeness.extent()).isEqualTo("partial");
    assertThat(of(whole, notFound).extent()).isEqualTo("complete");
    assertThat(of(silent, partial).extent()).isEqualTo("none");
  }

  private static SectionState state(Section section, String... jsons) {
    List<Entry> entries = List.of(jsons).stream().map(json -> entry("ehr", json)).toList();
    var result = new SourceResult.Complete(entries);
    return of(report("ehr", Set.of(section), result)).sections().get(section).state();
  }

  private static Completeness of(SourceReport... reports) {
    List<Entry> entries =
        List.of(reports).stream().flatMap(r -> r.result().entries().stream()).toList();
    return Completeness.of(List.of(reports), Merge.merge(entries));
  }

  private static String coded(String type, String field, String system, String code) {
    return "{\"resourceType\":\"%s\",\"%s\":{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}}"
        .formatted(type, field, system, code);
  }
}
