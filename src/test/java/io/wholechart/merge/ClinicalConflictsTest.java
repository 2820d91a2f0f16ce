package io.wholechart.merge;

import static io.wholechart.Charts.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is listed as a conflict, and that nothing of it is settled. */
class ClinicalConflictsTest {
  private static final String NONE_KNOWN = "716186003";

  @Test
  void anAllergyBesideNoneKnownStandsAndTheContradictionIsListed() {
    Entry none = allergy("gp", NONE_KNOWN, "active", "confirmed");
    Entry penicillin = allergy("ehr", "91936005", "active", "confirmed");
    PatientRecord record = Merge.merge(List.of(none, penicillin));
    assertThat(Conflicts.of(record)).containsExactly("code: none known (gp) / recorded (ehr)");
    assertThat(record.conflicts().getFirst().claims().getLast().entries())
        .containsExactly(penicillin);
    assertThat(record.in(Section.ALLERGIES)).hasSize(2);
  }

  @Test
  void aSourceThatContradictsItselfIsNoBetter() {
    assertThat(
            conflicts(
                allergy("ehr", NONE_KNOWN, "active", "confirmed"),
                allergy("ehr", "91936005", "active", "confirmed")))
        .containsExactly("code: none known (ehr) / recorded (ehr)");
  }

  @ParameterizedTest
  @CsvSource({
    "active, refuted, active, confirmed",
    "active, confirmed, active, refuted",
    "active, confirmed, resolved, confirmed",
    "inactive, confirmed, active, confirmed"
  })
  void whatIsWithdrawnContradictsNothing(String none, String isNone, String some, String isSome) {
    assertThat(
            conflicts(allergy("gp", NONE_KNOWN, none, isNone), allergy("ehr", "1", some, isSome)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "active, confirmed, resolved, confirmed, clinicalStatus: active (a) / resolved (b)",
    "active, confirmed, active, refuted, verificationStatus: active (a) / refuted (b)",
    "relapse, confirmed, inactive, confirmed, clinicalStatus: relapse (a) / inactive (b)"
  })
  void oneThatIsActiveHereAndNotThereIsListed(
      String one, String isOne, String other, String isOther, String conflict) {
    assertThat(conflicts(allergy("a", "1", one, isOne), allergy("b", "1", other, isOther)))
        .containsExactly(conflict);
    assertThat(conflicts(allergy("a", "1", one, isOne), allergy("b", "2", other, isOther)))
        .isEmpty();
    assertThat(conflicts(allergy("a", "1", one, isOne), allergy("a", "1", other, isOther)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"stopped", "completed", "cancelled", "on-hold", "entered-in-error"})
  void aDrugThatIsActiveHereAndNotThereIsListedWhateverTheDates(String status) {
    assertThat(
            conflicts(
                drug("ehr", "active", "2026-01-02", "x"),
                drug("pharmacy", status, "2025-12-31", "x")))
        .containsExactly("status: active (ehr) / %s (pharmacy)".formatted(status));
  }

  @Test
  void whatASourceSaidBeforeIsItsHistory() {
    assertThat(
            conflicts(
                drug("ehr", "stopped", "2019-01-01", "x"),
                drug("ehr", "active", "2026-01-02", "x"),
                drug("pharmacy", "active", "2026-01-03", "x")))
        .isEmpty();
  }

  @Test
  void differentWordsForOneDosageAreListedAndTheDrugIsShownOnce() {
    PatientRecord record =
        Merge.merge(
            List.of(
                drug("ehr", "active", "2026-01-02", "one daily"),
                drug("pharmacy", "active", "2026-01-02", "two daily")));
    assertThat(Conflicts.of(record))
        .containsExactly("dosage: one daily (ehr) / two daily (pharmacy)");
    assertThat(record.in(Section.MEDICATIONS)).hasSize(1);
    assertThat(record.in(Section.MEDICATIONS).getFirst().originals()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'5.0,mmol/L', '5.0,mmol/L', -, 1",
        "'5.0,mmol/L', '5,mmol/L', -, 1",
        "'5.0,mmol/L', '5.1,mmol/L', value: 5.0 mmol/L (ehr) / 5.1 mmol/L (lab), 2",
        "'5.0,mmol/L', '90,mg/dL', value: 5.0 mmol/L (ehr) / 90 mg/dL (lab), 2",
        "'50,mmol/L', '5.0,mmol/L', value: 50 mmol/L (ehr) / 5.0 mmol/L (lab), 2"
      })
  void twoValuesOfOneTestAndTimeAreListedAndBothAreInSight(
      String one, String other, String conflict, int shown) {
    var record = Merge.merge(List.of(result("ehr", "final", one), result("lab", "final", other)));
    assertThat(Conflicts.of(record)).isEqualTo(conflict == null ? List.of() : List.of(conflict));
    assertThat(record.in(Section.RESULTS)).hasSize(shown);
  }

  @Test
  void otherUnitsAreNoContradictionAndSaidToBeThat() {
    assertThat(kinds(result("ehr", "final", "5.0,mmol/L"), result("lab", "final", "90,mg/dL")))
        .containsExactly(Conflict.Kind.UNIT);
    assertThat(kinds(result("ehr", "final", "5.0,mmol/L"), result("lab", "final", "9,mmol/L")))
        .containsExactly(Conflict.Kind.VALUE);
  }

  @ParameterizedTest
  @CsvSource({"preliminary, 1", "corrected, 1", "entered-in-error, 0", "cancelled, 0"})
  void aValueOfAnotherStatusIsListedUnlessItWasTakenBack(String status, int conflicts) {
    assertThat(conflicts(result("ehr", status, "7,mmol/L"), result("lab", "final", "5,mmol/L")))
        .hasSize(conflicts);
  }

  @Test
  void aSourceWithTwoSpecimensContradictsNobodyWhoHasOneOfThem() {
    Entry first = result("ehr", "final", "5,mmol/L");
    Entry second = result("ehr", "final", "7,mmol/L");
    assertThat(conflicts(first, second)).isEmpty();
    assertThat(conflicts(first, second, result("lab", "final", "7,mmol/L"))).isEmpty();
    assertThat(conflicts(first, second, result("lab", "final", "8,mmol/L"))).hasSize(1);
    assertThat(
            conflicts(first, result("lab", "final", "5,mmol/L"), result("gp", "final", "6,mmol/L")))
        .hasSize(1);
  }

  @Test
  void twoCodesOfOneTestLeadToOneConflict() {
    String both =
        "{\"system\":\"http://loinc.org\",\"code\":\"1\"},{\"system\":\"s\",\"code\":\"2\"}";
    String json =
        "{\"resourceType\":\"Observation\",\"issued\":\"2026\",\"valueInteger\":%d,\"code\":{\"coding\":[%s]}}";
    assertThat(
            conflicts(entry("ehr", json.formatted(1, both)), entry("lab", json.formatted(2, both))))
        .containsExactly("value: 1 (ehr) / 2 (lab)");
  }

  private static List<String> conflicts(Entry... entries) {
    return Conflicts.of(Merge.merge(List.of(entries)));
  }

  private static List<Conflict.Kind> kinds(Entry... entries) {
    return Merge.merge(List.of(entries)).conflicts().stream().map(Conflict::kind).toList();
  }

  private static Entry allergy(String source, String code, String clinical, String verification) {
    return entry(
        source,
        """
        {"resourceType": "AllergyIntolerance", "clinicalStatus": {"coding": [{"code": "%s"}]},
         "verificationStatus": {"coding": [{"code": "%s"}]},
         "code": {"coding": [{"system": "http://snomed.info/sct", "code": "%s"}]}}
        """
            .formatted(clinical, verification, code));
  }

  private static Entry drug(String source, String status, String authored, String dosage) {
    return entry(
        source,
        """
        {"resourceType": "MedicationRequest", "status": "%s", "authoredOn": "%s",
         "medicationCodeableConcept": {"coding": [
           {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "314076"}]},
         "dosageInstruction": [{"text": "%s"}]}
        """
            .formatted(status, authored, dosage));
  }

  /** Of a value and a unit, separated by a comma. */
  private static Entry result(String source, String status, String value) {
    return entry(
        source,
        """
        {"resourceType": "Observation", "status": "%s", "effectiveDateTime": "2026-01-02T08:00:00Z",
         "code": {"coding": [{"system": "http://loinc.org", "code": "15074-8"}]},
         "valueQuantity": {"value": %s, "unit": "%s"}}
        """
            .formatted(status, value.split(",")[0], value.split(",")[1]));
  }
}
