package io.wholechart.identity;

import static io.wholechart.Charts.answered;
import static io.wholechart.Charts.entry;
import static io.wholechart.patient.IdentityVerdict.MATCH;
import static io.wholechart.patient.IdentityVerdict.SUSPECT;
import static io.wholechart.patient.IdentityVerdict.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Charts;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  private static final String UUID = "urn:uuid:8d2f0cc7-63a7-4f8b-9f57-0d4c2d2b8a11";

  /** The patient who was asked for, as the source knows them. */
  private static final String ANA =
      "{\"resourceType\":\"Patient\",\"id\":\"p-1\",\"identifier\":[{\"system\":\"s\",\"value\":\"n-1\"},{\"system\":\"t\",\"value\":\"n-2\"},{\"value\":\"n-3\"}]}";

  private static final String BEN =
      "{\"resourceType\":\"Patient\",\"id\":\"p-2\",\"identifier\":[{\"value\":\"n-9\"}]}";

  @ParameterizedTest
  @CsvSource({
    "Patient/p-1, MATCH",
    "Patient/p-1/_history/3, MATCH",
    "http://ehr/fhir/Patient/p-1, MATCH",
    "http://ehr/fhir/Patient/p-1/_history/7, MATCH",
    "urn:uuid:p-1, MATCH",
    "Patient/p-2, MISMATCH",
    "Patient/p-2/_history/1, MISMATCH",
    "Patient/p-1x, MISMATCH",
    "Patient/P-1, MISMATCH",
    "Patient/p-1/_history/1/_history/2, MISMATCH",
    "http://ehr/fhir/Patient/p-2, MISMATCH",
    "http://elsewhere/fhir/Patient/p-2, MISMATCH",
    "http://elsewhere/fhir/Patient/p-2/_history/1, MISMATCH",
    "http://elsewhere/fhir/Patient/p-1, UNVERIFIED",
    "urn:uuid:0f8e2c1a-0000-4000-8000-000000000000, UNVERIFIED",
    "urn:oid:1.2.3, UNVERIFIED",
    "#within, UNVERIFIED",
    "Group/g-1, UNVERIFIED",
    "Patient?identifier=n-1, UNVERIFIED"
  })
  void aReferenceIsResolvedOrSaidNotToBe(String reference, IdentityVerdict verdict) {
    Entry patient = entry("ehr", "http://ehr/fhir/Patient/p-1", ANA);
    assertThat(verdict(patient, about(reference(reference)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "'', p-1, MATCH", // by the id that the source was asked by, in the source's own way
    "s, n-1, MATCH",
    "t, n-2, MATCH",
    "s, n-2, MISMATCH", // a number of a system in which they have another
    "s, n-9, MISMATCH",
    "s, N-1, MISMATCH",
    "u, n-1, SUSPECT", // a system in which nobody knows their number
    "u, n-3, UNVERIFIED", // the same value, and one of the two says no system
    "'', n-1, UNVERIFIED",
    "'', n-3, UNVERIFIED",
    "u, p-1, UNVERIFIED",
    "'', n-9, MISMATCH",
    "'', p-2, MISMATCH"
  })
  void anIdentifierIsTheirsOrAnothersOrNotTold(
      String system, String value, IdentityVerdict verdict) {
    assertThat(verdict(entry("ehr", ANA), about(identifier(system, value)))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/p-1, n-9, MATCH", // other systems have numbers of their own
    "#within, p-1, MATCH",
    "#within, n-9, MISMATCH",
    "http://elsewhere/Patient/p-1, n-9, MISMATCH",
    "Patient/p-2, n-1, MISMATCH"
  })
  void aResolvedReferenceOutweighsAnIdentifier(
      String reference, String value, IdentityVerdict verdict) {
    Entry both =
        about("\"reference\":\"%s\",\"identifier\":{\"value\":\"%s\"}".formatted(reference, value));
    assertThat(verdict(entry("ehr", ANA), both)).isEqualTo(verdict);
  }

  @Test
  void whatNamesNobodyIsUnverified() {
    assertThat(verdict(entry("ehr", ANA), entry("ehr", "{\"resourceType\":\"Observation\"}")))
        .isEqualTo(UNVERIFIED);
    assertThat(verdict(entry("ehr", ANA), about("\"display\":\"Ana\""))).isEqualTo(UNVERIFIED);
  }

  @Test
  void oneNameThatIsAnothersIsEnough() {
    for (String subjects :
        List.of(
            "[{\"reference\":\"Patient/p-1\"},{\"reference\":\"Patient/p-2\"}]",
            "[{\"reference\":\"Patient/p-2\"},{\"reference\":\"Patient/p-1\"}]",
            "[{\"reference\":\"Patient/p-1\"},{\"reference\":\"http://x/Patient/p-2\"}]",
            "[{\"identifier\":{\"value\":\"p-1\"}},{\"identifier\":{\"value\":\"n-9\"}}]",
            "[{\"identifier\":{\"value\":\"n-9\"}},{\"identifier\":{\"value\":\"p-1\"}}]")) {
      Entry entry = entry("ehr", "{\"resourceType\":\"Observation\",\"subject\":" + subjects + "}");
      assertThat(verdict(entry("ehr", ANA), entry))
          .as(subjects)
          .isEqualTo(IdentityVerdict.MISMATCH);
    }
  }

  @Test
  void aSourceMayHaveAnIdOfItsOwnForThePatient() {
    String local =
        "{\"resourceType\":\"Patient\",\"id\":\"7\",\"identifier\":[{\"value\":\"p-1\"}]}";
    Entry patient = entry("ehr", UUID, local);
    assertThat(verdict(patient, about(reference("Patient/7")))).isEqualTo(MATCH);
    assertThat(verdict(patient, about(reference("Patient/7/_history/2")))).isEqualTo(MATCH);
    assertThat(verdict(patient, about(reference(UUID)))).isEqualTo(MATCH);
    assertThat(verdict(patient, about(reference("http://x/Patient/7")))).isEqualTo(UNVERIFIED);
    assertThat(verdict(patient, about(reference("Patient/8")))).isEqualTo(IdentityVerdict.MISMATCH);
  }

  @Test
  void anIdOfOneSourceMeansNothingAtAnother() {
    String local =
        "{\"resourceType\":\"Patient\",\"id\":\"7\",\"identifier\":[{\"value\":\"p-1\"}]}";
    List<Checked> checked =
        Identity.check(
            List.of(
                answered("ehr", entry("ehr", local)),
                answered("lab", entry("lab", observation(reference("Patient/7"))))),
            SuspectRule.WITHHOLD);
    assertThat(checked).extracting(Checked::mismatches).containsExactly(0, 1);
  }

  @Test
  void numbersAreLearntFromEverySourceThatKnowsTheAskedIdAndNoFurther() {
    String shared =
        "{\"resourceType\":\"Patient\",\"id\":\"x\",\"identifier\":[{\"system\":\"s\",\"value\":\"n-1\"},{\"system\":\"m\",\"value\":\"m-1\"}]}";
    List<Checked> checked =
        Identity.check(
            List.of(
                answered("lab", entry("lab", observation(identifier("t", "n-2")))),
                answered(
                    "pharmacy",
                    entry("pharmacy", shared),
                    entry("pharmacy", observation(reference("Patient/x")))),
                answered("imaging", entry("imaging", observation(identifier("m", "m-1")))),
                answered("ehr", entry("ehr", ANA))),
            SuspectRule.WITHHOLD);
    assertThat(checked).extracting(Checked::mismatches).containsExactly(0, 0, 0, 0);
    assertThat(checked).extracting(Checked::suspects).containsExactly(0, 0, 1, 0);
    assertThat(checked.get(1).report().result().entries())
        .extracting(Entry::identity)
        .containsOnly(MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', UNVERIFIED",
    "'{\"id\":\"p-1\"}', MATCH",
    "'{\"id\":\"p-1\",\"identifier\":[{\"value\":\"n-9\"}]}', MATCH",
    "'{\"id\":\"p-2\"}', MISMATCH",
    "'{\"identifier\":[{\"value\":\"n-9\"}]}', MISMATCH",
    "'{\"identifier\":[{\"value\":\"n-9\"},{\"value\":\"p-1\"}]}', MATCH"
  })
  void aPatientIsWhomTheirIdOrNumbersSay(String fields, IdentityVerdict verdict) {
    String patient = ("{\"resourceType\":\"Patient\"," + fields.substring(1)).replace(",}", "}");
    assertThat(verdict(entry("ehr", observation(reference("Patient/p-1"))), entry("ehr", patient)))
        .isEqualTo(verdict);
  }

  /** Whichever comes first: an address that two Patients share is not proof of either. */
  @Test
  void anAddressThatAnotherPatientSharesProvesNothing() {
    Entry ana = entry("ehr", UUID, ANA);
    Entry ben = entry("ehr", UUID, BEN);
    Entry named = about(reference(UUID));
    for (List<Entry> order : List.of(List.of(ana, ben, named), List.of(ben, ana, named))) {
      Checked checked = check(order);
      assertThat(checked.mismatches()).isEqualTo(2);
      assertThat(checked.report().result().entries()).containsExactly(ana);
    }
  }

  @Test
  void aSourceThatMixesPatientsUpIsBelievedOnlyWhereAnEntryProvesItself() {
    Entry ana = entry("ehr", ANA);
    Entry proven = about(reference("Patient/p-1"));
    Entry practitioner = entry("ehr", "{\"resourceType\":\"Practitioner\",\"id\":\"d-1\"}");
    Entry medication = entry("ehr", "{\"resourceType\":\"Medication\",\"id\":\"m-1\"}");
    Checked checked =
        check(
            List.of(
                ana,
                proven,
                practitioner,
                medication,
                about(reference("Patient/p-2")),
                about(reference("#within")),
                entry("ehr", "{\"resourceType\":\"Observation\"}"),
                entry(
                    "ehr",
                    "{\"resourceType\":\"CarePlan\",\"subject\":{\"reference\":\"#within\"}}"),
                entry("ehr", "{\"resourceType\":\"Binary\",\"data\":\"eA==\"}"),
                entry(
                    "ehr",
                    "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}".formatted(BEN))));
    assertThat(checked.mismatches()).isEqualTo(2);
    assertThat(checked.report().result().entries())
        .extracting(Entry::bytes)
        .containsExactly(ana.bytes(), proven.bytes(), practitioner.bytes(), medication.bytes());
    assertThat(checked.report().result().status()).isEqualTo("identity-mismatch");
    assertThat(checked.report().result()).isInstanceOf(SourceResult.Incomplete.class);
  }

  @Test
  void withoutAnyProofNothingOfSuchASourceIsShown() {
    Checked checked =
        check(
            List.of(
                about(reference("Patient/p-2")),
                entry("ehr", "{\"resourceType\":\"Practitioner\"}")));
    assertThat(checked.report().result()).isInstanceOf(SourceResult.Failed.class);
    assertThat(checked.report().result().isAnswered()).isFalse();
  }

  @Test
  void whatASourceCouldNotSayStaysAsItWas() {
    var cause = Charts.failure(FailureReason.TIMEOUT);
    var partial = new SourceResult.Incomplete(List.of(about(reference("Patient/p-1"))), cause);
    for (SourceResult result :
        List.of(
            new SourceResult.NotFound(),
            new SourceResult.Failed(cause),
            partial,
            new SourceResult.Complete(List.of()))) {
      SourceReport report = Charts.report("ehr", Set.of(Section.RESULTS), result);
      Checked checked = Identity.check(List.of(report), SuspectRule.WITHHOLD).getFirst();
      assertThat(checked.report().result()).isEqualTo(result);
      assertThat(checked.mismatches() + checked.suspects()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsSaidOfItNamesNobody(int others) {
    Entry[] entries = new Entry[others];
    Arrays.fill(entries, about(reference("Patient/p-2")));
    String message =
        check(List.of(entries)).report().result().failure().orElseThrow().message("ehr");
    assertThat(message).doesNotContain("p-1", "p-2").contains("another patient");
  }

  private static IdentityVerdict verdict(Entry beside, Entry entry) {
    Checked checked = check(List.of(beside, entry));
    return checked.mismatches() == 1
        ? IdentityVerdict.MISMATCH
        : checked.suspects() == 1 ? SUSPECT : checked.report().result().entries().get(1).identity();
  }

  private static Checked check(List<Entry> entries) {
    var report = answered("ehr", entries.toArray(Entry[]::new));
    return Identity.check(List.of(report), SuspectRule.WITHHOLD).getFirst();
  }

  private static Entry about(String subject) {
    return entry("ehr", observation(subject));
  }

  private static String observation(String subject) {
    return "{\"resourceType\":\"Observation\",\"subject\":{" + subject + "}}";
  }

  private static String reference(String reference) {
    return "\"reference\":\"" + reference + "\"";
  }

  private static String identifier(String system, String value) {
    return "\"identifier\":{\"system\":\"%s\",\"value\":\"%s\"}".formatted(system, value);
  }
}
