package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Seed;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PersonName;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReaderTest {
  private static final String CONDITION =
      """
      {"resourceType": "Condition", "id": "c-1",
       "meta": {"lastUpdated": "2026-02-01T10:00:00.5+01:00", "versionId": "3", "tag": [{"code": "x"}]},
       "contained": [{"resourceType": "Patient", "id": "in", "subject": {"reference": "Patient/in"},
                      "identifier": [{"value": "in"}], "status": "in", "code": {"coding": [{"code": "in"}]}}],
       "clinicalStatus": {"coding": [{"system": "cs", "code": "active"}, {"code": "second"}]},
       "verificationStatus": {"coding": [{"code": "confirmed"}]},
       "code": {"text": "x", "coding": [{"system": "s", "code": "a", "display": "A"}, {"code": "local"},
                                        {"system": "s", "display": "no code"}]},
       "type": {"coding": [{"code": "not its code"}]},
       "subject": {"reference": "Patient/p-1", "identifier": {"system": "s", "value": "n-1"},
                   "display": "Ana"},
       "encounter": {"reference": "Encounter/e-1"},
       "onsetDateTime": "2020-03", "recordedDate": "2021-01-01"}
      """;

  private static final String PATIENT =
      """
      {"resourceType": "Patient", "id": "p-1", "active": true,
       "identifier": [{"system": "s", "value": "n-1"}, {"use": "temp"}, {"value": "n-2"}],
       "name": [{"use": "old", "family": "Before"}, {"text": "Ana"},
                {"use": "official", "family": "Now", "given": ["Ana", "Lu"]}, {"family": "Other"}],
       "gender": "female", "birthDate": "1980-05-04",
       "contact": [{"name": {"family": "Friend"}, "gender": "male"}],
       "link": [{"other": {"reference": "Patient/p-9"}, "type": "seealso"}]}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theFewElementsThatWeNeedAreReadOut() throws Exception {
    assertThat(facts(CONDITION))
        .isEqualTo(
            new ResourceFacts(
                null,
                "Condition",
                "c-1",
                List.of("Patient/p-1"),
                List.of(new Identifier("s", "n-1")),
                List.of(),
                List.of(new Coding("s", "a"), new Coding(null, "local")),
                null,
                null,
                "active",
                "confirmed",
                ClinicalTime.parse("2020-03").orElseThrow(),
                null,
                Instant.parse("2026-02-01T09:00:00.5Z"),
                false,
                Set.of(),
                null));
  }

  @Test
  void ofAPatientWhoItIs() throws Exception {
    ResourceFacts facts = facts(PATIENT);
    assertThat(facts.demographics())
        .isEqualTo(
            new Demographics(
                List.of(new Identifier("s", "n-1"), new Identifier(null, "n-2")),
                List.of(
                    new PersonName("Before", null, true),
                    new PersonName("Now", "Ana Lu", false),
                    new PersonName("Other", null, false)),
                "1980-05-04",
                "female"));
    assertThat(facts.demographics().family()).isEqualTo("Now");
    assertThat(facts.demographics().given()).isEqualTo("Ana Lu");
    assertThat(facts.subjects()).isEmpty();
  }

  @Test
  void theOrderAndSpellingOfFieldsDoNotMatter() throws Exception {
    for (String resource : List.of(CONDITION, PATIENT)) {
      JsonNode tree = JSON.readTree(resource);
      ResourceFacts expected = facts(resource);
      for (int round = 0; round < 500; round++) {
        String odd = new OddJson(Seed.random(round)).spell(tree);
        assertThat(facts(odd)).as("%s: %s", Seed.describe(round), odd).isEqualTo(expected);
      }
    }
  }

  /** Whichever comes first, the reference or what it refers to. */
  @Test
  void aContainedPatientThatIsReferredToIsWhomTheResourceDescribes() throws Exception {
    String contained =
        "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"in\",\"birthDate\":\"1980\"}]";
    String subject = "\"subject\":{\"reference\":\"#in\"}";
    var described = new Demographics(List.of(), List.of(), "1980", null);
    for (String fields : List.of(contained + "," + subject, subject + "," + contained)) {
      ResourceFacts facts = facts("{\"resourceType\":\"X\"," + fields + "}");
      assertThat(facts.described()).as(fields).containsExactly(described);
      assertThat(facts.subjects()).as(fields).isEmpty();
    }
    ResourceFacts silent = facts("{\"resourceType\":\"X\"," + contained + "}");
    assertThat(silent.described()).isEmpty();
    ResourceFacts other =
        facts(
            ("{\"resourceType\":\"X\"," + contained + "," + subject + "}").replace("#in", "#out"));
    assertThat(other.described()).isEmpty();
    assertThat(other.subjects()).containsExactly("#out");
  }

  @Test
  void whatANestedBundleNamesIsNamed() throws Exception {
    String nested =
        """
        {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle", "entry": [
          {"fullUrl": "f", "resource": {"birthDate": "1980", "id": "p-7", "resourceType": "Patient"}},
          {"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/p-8"}}},
          {"resource": {"resourceType": "Condition",
            "subject": {"identifier": {"system": "s", "value": "n"}}}},
          {"response": {"status": "200"}}]}}]}
        """;
    var read = (FhirPayload.Bundle) PayloadReader.read(nested.getBytes(UTF_8));
    ResourceFacts facts = read.resources().getFirst().facts();
    assertThat(facts.subjects()).containsExactlyInAnyOrder("Patient/p-7", "Patient/p-8");
    assertThat(facts.subjectIdentifiers()).containsExactly(new Identifier("s", "n"));
    assertThat(facts.described())
        .containsExactly(new Demographics(List.of(), List.of(), "1980", null));
  }

  /** It has entries as well, and no resources in them. */
  @Test
  void aListNamesItsSubjectAlone() throws Exception {
    ResourceFacts facts =
        facts(
            "{\"resourceType\":\"List\",\"subject\":{\"reference\":\"Patient/p-1\"},"
                + "\"entry\":[{\"item\":{\"reference\":\"Patient/p-2\"}}]}");
    assertThat(facts.subjects()).containsExactly("Patient/p-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject", "patient", "beneficiary", "individual", "for", "candidate"})
  void thePatientIsNamedWhereR4NamesThem(String field) throws Exception {
    String one = "{\"resourceType\":\"X\",\"%s\":{\"reference\":\"Patient/p-1\"}}";
    assertThat(facts(one.formatted(field)).subjects()).containsExactly("Patient/p-1");
    String many = "{\"resourceType\":\"X\",\"%s\":[{\"reference\":\"a\"},{\"reference\":\"b\"}]}";
    assertThat(facts(many.formatted(field)).subjects()).containsExactly("a", "b");
  }

  @Test
  void aSecondSubjectDoesNotHideBehindTheFirst() throws Exception {
    String twice =
        """
        {"subject": {"reference": "Patient/p-2", "reference": "Patient/p-3", "identifier": {"value": "n-2"}},
         "resourceType": "Observation",
         "subject": {"reference": "Patient/p-1", "identifier": {"value": "n-1"}}}
        """;
    assertThat(facts(twice).subjects())
        .containsExactly("Patient/p-2", "Patient/p-3", "Patient/p-1");
    assertThat(facts(twice).subjectIdentifiers())
        .containsExactly(new Identifier(null, "n-2"), new Identifier(null, "n-1"));
  }

  @ParameterizedTest
  @CsvSource({
    "Observation, code",
    "Condition, code",
    "AllergyIntolerance, code",
    "Procedure, code",
    "DiagnosticReport, code",
    "MedicationRequest, medicationCodeableConcept",
    "MedicationDispense, medicationCodeableConcept",
    "MedicationStatement, medicationCodeableConcept",
    "MedicationAdministration, medicationCodeableConcept",
    "Immunization, vaccineCode",
    "Encounter, type",
    "DocumentReference, type",
    "Composition, type"
  })
  void whatItIsAboutStandsWhereItsTypeHasIt(String type, String field) throws Exception {
    String json =
        """
        {"code": {"coding": {"code": "code"}}, "medicationCodeableConcept": {"coding": [{"code": "medicationCodeableConcept"}]},
         "vaccineCode": {"coding": [{"code": "vaccineCode"}]}, "type": [{"coding": [{"code": "type"}]}],
         "resourceType": "%s"}
        """
            .formatted(type);
    assertThat(facts(json).codings()).containsExactly(new Coding(null, field));
  }

  @ParameterizedTest
  @CsvSource({
    "effectiveDateTime, issued",
    "effectivePeriod, issued",
    "onsetDateTime, recordedDate",
    "performedPeriod, recordedDate",
    "whenHandedOver, whenPrepared",
    "authoredOn, created",
    "occurrenceDateTime, date"
  })
  void theMoreTellingTimeCountsWhereverItStands(String telling, String other) throws Exception {
    String first = "\"%s\":%s".formatted(telling, time(telling, "2020-01-01"));
    String second = "\"%s\":%s".formatted(other, time(other, "2021-01-01"));
    for (String fields : List.of(first + "," + second, second + "," + first)) {
      assertThat(facts("{\"resourceType\":\"X\"," + fields + "}").time())
          .as(fields)
          .isEqualTo(ClinicalTime.parse("2020-01-01").orElseThrow());
    }
  }

  @Test
  void aPeriodWithoutABeginningIsNoTime() throws Exception {
    assertThat(facts("{\"resourceType\":\"X\",\"period\":{\"end\":\"2020\"}}").time()).isNull();
    assertThat(facts("{\"resourceType\":\"X\",\"effectivePeriod\":{},\"issued\":\"2020\"}").time())
        .isEqualTo(ClinicalTime.parse("2020").orElseThrow());
  }

  @Test
  void aTimeBeyondAllCountingIsNoTimeAndNoMoreHarm() throws Exception {
    String year = "+999999999-12-31T23:59:59Z";
    ResourceFacts facts =
        facts(
            "{\"resourceType\":\"X\",\"issued\":\"%s\",\"meta\":{\"lastUpdated\":\"%s\"}}"
                .formatted(year, year));
    assertThat(facts.time()).isNull();
    assertThat(facts.lastUpdated()).isNull();
  }

  @Test
  void aDayIsNotWhenAResourceWasUpdated() throws Exception {
    assertThat(
            facts("{\"resourceType\":\"X\",\"meta\":{\"lastUpdated\":\"2026-01-01\"}}")
                .lastUpdated())
        .isNull();
  }

  /** A wrong shape is passed over, to its end and no further: the field after it is read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "true",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "[[{}]]",
        "[null]",
        "{\"x\":[{}]}"
      })
  void aWrongShapeHidesNothingBehindIt(String wrong) throws Exception {
    for (String field :
        List.of(
            "id",
            "meta",
            "subject",
            "code",
            "type",
            "status",
            "clinicalStatus",
            "issue",
            "identifier",
            "name",
            "birthDate",
            "gender",
            "issued",
            "effectivePeriod",
            "verificationStatus",
            "contained")) {
      String json =
          "{\"%s\":%s,\"resourceType\":\"Patient\",\"for\":{\"reference\":\"r\"}}"
              .formatted(field, wrong);
      ResourceFacts facts = facts(json);
      assertThat(facts.subjects()).as(json).containsExactly("r");
      assertThat(facts)
          .as(json)
          .isEqualTo(facts("{\"for\":{\"reference\":\"r\"},\"resourceType\":\"Patient\"}"));
    }
  }

  @Test
  void aBlankIdentifierIsNobodysNumber() throws Exception {
    assertThat(
            facts(
                    "{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"\"},{\"value\":\" \"}]}")
                .demographics())
        .isEqualTo(new Demographics(List.of(), List.of(), null, null));
    assertThat(
            facts("{\"resourceType\":\"X\",\"subject\":{\"identifier\":{\"value\":\"\"}}}")
                .subjectIdentifiers())
        .isEmpty();
  }

  @Test
  void aReaderForgetsTheResourceBefore() throws Exception {
    String bare = "{\"resourceType\":\"Patient\"}";
    String bundle =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"f\",\"resource\":%s},{\"resource\":%s},{\"resource\":%s}]}"
            .formatted(CONDITION, PATIENT, bare);
    var read = (FhirPayload.Bundle) PayloadReader.read(bundle.getBytes(UTF_8));
    assertThat(read.resources().get(1).facts()).isEqualTo(facts(PATIENT));
    assertThat(read.resources().get(2).facts()).isEqualTo(facts(bare));
  }

  private static String time(String field, String day) {
    return field.endsWith("Period")
        ? "{\"start\":\"%s\",\"end\":\"2022\"}".formatted(day)
        : "\"" + day + "\"";
  }

  private static ResourceFacts facts(String json) throws InterruptedException {
    byte[] bytes = json.strip().getBytes(UTF_8);
    return PayloadReader.readResource(new ResourceBytes(bytes, 0, bytes.length)).facts();
  }
}
