package io.wholechart.merge;

import static io.wholechart.Charts.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
  private static final String REQUEST =
      """
      {"resourceType": "MedicationRequest", "status": "active", "authoredOn": "2026-01-02",
       "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "1"}]}}
      """;

  private static final String CONDITION =
      """
      {"resourceType": "Condition", "onsetDateTime": "2020", "code": {"coding": [{"system": "s", "code": "1"}]},
       "clinicalStatus": {"coding": [{"code": "active"}]},
       "verificationStatus": {"coding": [{"code": "confirmed"}]}}
      """;

  @Test
  void whatTwoSourcesSayAlikeStandsTogetherAndBothAreKept() {
    Entry ehr = entry("ehr", REQUEST);
    Entry pharmacy = entry("pharmacy", REQUEST.replace("}]}", "}], \"text\": \"other words\"}"));
    PatientRecord record = Merge.merge(List.of(ehr, pharmacy));
    assertThat(record.in(Section.MEDICATIONS))
        .containsExactly(new MergedEntry(List.of(ehr, pharmacy)));
    assertThat(record.in(Section.MEDICATIONS).getFirst().sources())
        .containsExactly("ehr", "pharmacy");
  }

  /** A miss shows a drug twice; a false match hides one behind another. */
  @ParameterizedTest
  @CsvSource({
    "MedicationRequest, MedicationStatement",
    "rxnorm, other",
    "'\"1\"', '\"2\"'",
    "'\"system\": \"http://www.nlm.nih.gov/research/umls/rxnorm\",', ''",
    "'\"status\": \"active\",', ''",
    "active, stopped",
    "2026-01-02, 2026-01-03",
    "2026-01-02, 2026-01",
    "2026-01-02, 2026-01-02T00:00:00Z",
    "'\"authoredOn\": \"2026-01-02\",', ''"
  })
  void whatDiffersInTypeCodeStatusOrTimeStandsApart(String part, String other) {
    assertThat(REQUEST).contains(part);
    var record =
        Merge.merge(
            List.of(entry("ehr", REQUEST), entry("pharmacy", REQUEST.replace(part, other))));
    assertThat(record.in(Section.MEDICATIONS)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"confirmed, refuted", "confirmed, entered-in-error", "active, resolved"})
  void whatIsRefutedDoesNotStandBehindWhatIsConfirmed(String one, String other) {
    var entries = List.of(entry("ehr", CONDITION), entry("gp", CONDITION.replace(one, other)));
    assertThat(Merge.merge(entries).in(Section.CONDITIONS)).hasSize(2);
    assertThat(
            Merge.merge(List.of(entries.getFirst(), entry("gp", CONDITION))).in(Section.CONDITIONS))
        .hasSize(1);
  }

  @Test
  void localCodesEqualNothingElsewhere() {
    String local = CONDITION.replace("\"system\": \"s\",", "");
    assertThat(count(Section.CONDITIONS, entry("ehr", CONDITION), entry("gp", CONDITION)))
        .isEqualTo(1);
    assertThat(count(Section.CONDITIONS, entry("ehr", local), entry("gp", local))).isEqualTo(2);
  }

  @Test
  void oneSharedCodeOfSeveralIsEnough() {
    String two =
        CONDITION.replace(
            "[{\"system\": \"s\"", "[{\"system\": \"t\", \"code\": \"9\"}, {\"system\": \"s\"");
    assertThat(count(Section.CONDITIONS, entry("a", CONDITION), entry("b", two))).isEqualTo(1);
    assertThat(count(Section.CONDITIONS, entry("a", two), entry("b", CONDITION))).isEqualTo(1);
  }

  /** The second is like the first and like the third, which are not alike. */
  @Test
  void whereItIsNotClearWhoBelongsWithWhomOnlyWhatIsExactlyAlikeIsGrouped() {
    String other = CONDITION.replace("\"1\"", "\"9\"");
    String both = CONDITION.replace("\"1\"}", "\"1\"}, {\"system\": \"s\", \"code\": \"9\"}");
    Entry[] entries = {entry("a", CONDITION), entry("b", both), entry("c", other)};
    assertThat(count(Section.CONDITIONS, entries)).isEqualTo(3);
    assertThat(count(Section.CONDITIONS, entries[0], entries[1])).isEqualTo(1);
    assertThat(count(Section.CONDITIONS, entries[1], entries[2])).isEqualTo(1);
    Entry fourth = entry("d", CONDITION);
    assertThat(count(Section.CONDITIONS, entries[0], entries[1], entries[2], fourth)).isEqualTo(3);
  }

  @Test
  void whereThereIsNoCodeTheExactTextDecides() {
    String text = CONDITION.replaceFirst("\"coding\": \\[[^]]*\\]", "\"text\": \"Gout\"");
    assertThat(text).contains("\"code\": {\"text\": \"Gout\"}");
    assertThat(count(Section.CONDITIONS, entry("a", text), entry("b", text))).isEqualTo(1);
    assertThat(
            count(Section.CONDITIONS, entry("a", text), entry("b", text.replace("Gout", "gout"))))
        .isEqualTo(2);
    String coded = CONDITION.replace("\"code\": {", "\"code\": {\"text\": \"Gout\", ");
    assertThat(count(Section.CONDITIONS, entry("a", text), entry("b", coded))).isEqualTo(2);
  }

  /** A code of an ingredient alone says nothing of the strength, and a package is no ingredient. */
  @ParameterizedTest
  @CsvSource({
    "'{\"system\": \"http://hl7.org/fhir/sid/ndc\", \"code\": \"1\"}'",
    "'{\"code\": \"1\"}'",
    "'{\"system\": \"http://snomed.info/sct\", \"code\": \"1\"}'",
    "''"
  })
  void drugsAreGroupedByRxNormAlone(String coding) {
    String other =
        REQUEST.replaceFirst("\\[[^]]*\\]", "[" + coding + "], \"text\": \"aspirin 100 MG\"");
    assertThat(count(Section.MEDICATIONS, entry("a", other), entry("b", other))).isEqualTo(2);
  }

  @Test
  void drugsThatShareAnIngredientAndNotAStrengthStandApart() {
    String ingredient =
        "{\"system\": \"http://www.nlm.nih.gov/research/umls/rxnorm\", \"code\": \"723\"}, ";
    String both = REQUEST.replace("[{", "[" + ingredient + "{");
    String otherStrength = both.replace("\"code\": \"1\"", "\"code\": \"2\"");
    assertThat(count(Section.MEDICATIONS, entry("a", both), entry("b", otherStrength)))
        .isEqualTo(2);
    assertThat(count(Section.MEDICATIONS, entry("a", both), entry("b", REQUEST))).isEqualTo(2);
    assertThat(count(Section.MEDICATIONS, entry("a", both), entry("b", both))).isEqualTo(1);
  }

  @Test
  void twoEqualEntriesOfOneSourceAreTwoEvents() {
    Entry first = entry("ehr", REQUEST);
    Entry second = entry("ehr", REQUEST);
    Entry third = entry("pharmacy", REQUEST);
    Entry fourth = entry("pharmacy", REQUEST);
    assertThat(Merge.merge(List.of(first, second, third, fourth)).in(Section.MEDICATIONS))
        .containsExactly(
            new MergedEntry(List.of(first, third)), new MergedEntry(List.of(second, fourth)));
  }

  @Test
  void ofSeveralOfASourceThoseStandTogetherThatSayTheSame() {
    String once =
        REQUEST.replace(
            "{\"resourceType\"",
            "{\"dosageInstruction\": [{\"text\": \"daily\"}], \"resourceType\"");
    String twice = once.replace("daily", "twice");
    Entry first = entry("ehr", once);
    Entry second = entry("ehr", twice);
    Entry third = entry("pharmacy", twice);
    assertThat(Merge.merge(List.of(first, second, third)).in(Section.MEDICATIONS))
        .containsExactly(new MergedEntry(List.of(first)), new MergedEntry(List.of(second, third)));
  }

  @Test
  void theNewestComesFirstAndWhatHasNoTimeLast() {
    List<Entry> entries = new ArrayList<>();
    for (String time : List.of("", "2020", "2026-02-01T10:00:00Z", "2026-02-01", "", "2019-05")) {
      String json = "{\"resourceType\":\"Observation\",\"id\":\"%s\"%s}";
      String id = "o-" + entries.size();
      entries.add(
          entry("lab", json.formatted(id, time.isEmpty() ? "" : ",\"issued\":\"" + time + "\"")));
    }
    assertThat(Merge.merge(entries).in(Section.RESULTS))
        .extracting(merged -> merged.first().facts().id())
        .containsExactly("o-2", "o-3", "o-1", "o-5", "o-0", "o-4");
  }

  @Test
  void whatNoSectionClaimsIsKeptBesideThem() {
    Entry plan = entry("ehr", "{\"resourceType\":\"CarePlan\"}");
    PatientRecord record = Merge.merge(List.of(plan, plan));
    assertThat(record.sections()).isEmpty();
    assertThat(record.other())
        .containsExactly(new MergedEntry(List.of(plan)), new MergedEntry(List.of(plan)));
  }

  private static int count(Section section, Entry... entries) {
    return Merge.merge(List.of(entries)).in(section).size();
  }
}
