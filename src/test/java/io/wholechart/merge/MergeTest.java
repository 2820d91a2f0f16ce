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
       "medicationCodeableConcept": {"coding": [{"system": "rx", "code": "1"}]}}
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
    "rx, other",
    "'\"1\"', '\"2\"'",
    "'\"system\": \"rx\",', ''",
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
    String local = REQUEST.replace("\"system\": \"rx\",", "");
    var record = Merge.merge(List.of(entry("ehr", local), entry("pharmacy", local)));
    assertThat(record.in(Section.MEDICATIONS)).hasSize(2);
  }

  @Test
  void oneSharedCodeOfSeveralIsEnough() {
    String two = REQUEST.replace("[{", "[{\"system\": \"atc\", \"code\": \"9\"}, {");
    for (List<Entry> order :
        List.of(
            List.of(entry("a", REQUEST), entry("b", two)),
            List.of(entry("a", two), entry("b", REQUEST)))) {
      assertThat(Merge.merge(order).in(Section.MEDICATIONS)).hasSize(1);
    }
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
}
