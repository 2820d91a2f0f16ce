package io.wholechart.identity;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.report;
import static io.wholechart.patient.IdentityVerdict.MATCH;
import static io.wholechart.patient.IdentityVerdict.MISMATCH;
import static io.wholechart.patient.IdentityVerdict.SUSPECT;
import static io.wholechart.patient.IdentityVerdict.UNVERIFIED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.Resource;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patients under the right id who are not the right ones, and who is believed then. */
class DoubtTest {
  private static final String ANA = patient("Now", "Ana", "1980-05-04");
  private static final String BEN = patient("Katz", "Ben", "1955-01-31");
  private static final String EVA = patient("Now", "Eva", "1980-05-04");

  @Test
  void whoIsResponsibleForThePatientIsTheReference() {
    List<Checked> checked =
        check(
            source("pharmacy", Section.MEDICATIONS, BEN),
            source("lab", Section.RESULTS, BEN),
            source("ehr", Section.PATIENT, ANA));
    assertThat(verdicts(checked)).containsExactly(MISMATCH, MISMATCH, MATCH);
  }

  @Test
  void ofTwoThatContradictOneAnotherNeitherIsBelieved() {
    List<Checked> checked =
        check(source("pharmacy", Section.MEDICATIONS, ANA), source("lab", Section.RESULTS, BEN));
    assertThat(verdicts(checked)).containsExactly(MISMATCH, MISMATCH);
    assertThat(checked).allMatch(c -> c.report().result() instanceof SourceResult.Failed);
    assertThat(
            verdicts(check(source("a", Section.PATIENT, ANA), source("b", Section.PATIENT, EVA))))
        .containsExactly(SUSPECT, SUSPECT);
  }

  @Test
  void whatMoreThanHalfSayIsBelieved() {
    List<Checked> checked =
        check(
            source("a", Section.MEDICATIONS, ANA),
            source("b", Section.RESULTS, BEN),
            source("c", Section.RESULTS, ANA));
    assertThat(verdicts(checked)).containsExactly(MATCH, MISMATCH, MATCH);
  }

  /** However often it says it. */
  @Test
  void aSourceHasOneVoice() {
    List<Checked> checked =
        check(
            source("a", Section.RESULTS, ANA),
            source("b", Section.RESULTS, BEN, BEN.replace("\"id\"", " \"id\"")));
    assertThat(verdicts(checked)).containsExactly(MISMATCH, MISMATCH);
  }

  @Test
  void whatIsSuspectIsShownAndSaidToBeWhereThatIsWanted() {
    List<SourceReport> reports =
        List.of(source("ehr", Section.PATIENT, ANA), source("lab", Section.RESULTS, EVA));
    Checked withheld = Identity.check(reports, SuspectRule.WITHHOLD).get(1);
    assertThat(withheld.report().result()).isInstanceOf(SourceResult.Failed.class);
    assertThat(withheld.report().result().failure().orElseThrow().message("lab"))
        .isEqualTo("lab sent an entry that may be another patient's, withheld here");
    Checked shown = Identity.check(reports, SuspectRule.SHOW).get(1);
    assertThat(shown.report().result().isAnswered()).isTrue();
    assertThat(shown.report().result().entries()).extracting(Entry::identity).containsOnly(SUSPECT);
    assertThat(shown.suspects()).isEqualTo(1);
    assertThat(shown.grounds()).containsExactly(Ground.GIVEN_NAME);
  }

  @Test
  void aMismatchIsNeverShown() {
    List<SourceReport> reports =
        List.of(source("ehr", Section.PATIENT, ANA), source("lab", Section.RESULTS, BEN));
    assertThat(Identity.check(reports, SuspectRule.SHOW).get(1).report().result().entries())
        .isEmpty();
  }

  /** The id that the source was asked by proves nothing where its bearer there is somebody else. */
  @ParameterizedTest
  @CsvSource({"'\"reference\":\"Patient/p-1\"'", "'\"identifier\":{\"value\":\"p-1\"}'"})
  void whatIsOfADoubtedPatientIsDoubtedToo(String subject) {
    String result = "{\"resourceType\":\"Observation\",\"subject\":{%s}}".formatted(subject);
    Checked checked =
        check(source("ehr", Section.PATIENT, ANA), source("lab", Section.RESULTS, EVA, result))
            .get(1);
    assertThat(checked.suspects()).isEqualTo(2);
    assertThat(checked.report().result().entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Now, ANA, 1980-05-04, MATCH",
    "Now, Ana, 1980-04-05, MATCH",
    "Now, Eva, 1980-05-04, SUSPECT",
    "Katz, Ben, 1955-01-31, MISMATCH"
  })
  void aStudyIsHeldAgainstThePatientToo(
      String family, String given, String birthDate, IdentityVerdict verdict) {
    String studies =
        """
        [{"0020000D":{"Value":["1.2.3"]},"00100020":{"Value":["p-1"]},
          "00100010":{"Value":["%s^%s"]},"00100030":{"Value":["%s"]}}]
        """
            .formatted(family, given, birthDate.replace("-", ""));
    var read = (QidoReading.Read) new QidoReader().read(studies.getBytes(UTF_8));
    Resource resource = read.studies().getFirst();
    var study = new Entry("pacs", resource.bytes(), resource.facts(), Instant.EPOCH, UNVERIFIED);
    var pacs = report("pacs", Set.of(Section.IMAGING), new SourceResult.Complete(List.of(study)));
    assertThat(verdicts(check(source("ehr", Section.PATIENT, ANA), pacs)).get(1))
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"identifier\":[{\"value\":\"p-1\"}]', MATCH",
    "'\"id\":\"p-1\"', UNVERIFIED", // of a contained resource an id means nothing outside
    "'\"identifier\":[{\"value\":\"p-2\"}]', MISMATCH",
    "'\"identifier\":[{\"system\":\"x\",\"value\":\"7\"}]', SUSPECT",
    "'\"birthDate\":\"1955-01-31\",\"name\":[{\"family\":\"Katz\",\"given\":[\"Ben\"]}]', MISMATCH",
    "'\"birthDate\":\"1980-05-04\",\"name\":[{\"family\":\"Now\",\"given\":[\"Ana\"]}]', UNVERIFIED"
  })
  void aContainedPatientIsComparedOnceItIsReferredTo(String patient, IdentityVerdict verdict) {
    String id = patient.contains("\"id\"") ? "p-1" : "in";
    String contained =
        "{\"resourceType\":\"Observation\",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"%s\",%s}],"
            .formatted(id, patient.replace("\"id\":\"p-1\"", "\"active\":true"));
    String referring = contained + "\"subject\":{\"reference\":\"#%s\"}}".formatted(id);
    String silent = contained + "\"status\":\"final\"}";
    assertThat(beside(referring)).isEqualTo(verdict);
    assertThat(beside(silent)).isEqualTo(UNVERIFIED);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"resourceType\":\"Patient\",\"id\":\"p-1\"}', UNVERIFIED",
    "'{\"resourceType\":\"Patient\",\"id\":\"p-2\"}', MISMATCH",
    "'{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p-1\"}}', UNVERIFIED",
    "'{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p-2\"}}', MISMATCH",
    "'{\"resourceType\":\"Condition\",\"subject\":{\"identifier\":{\"value\":\"p-2\"}}}', MISMATCH",
    "'{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p-2\"}}]}', MISMATCH"
  })
  void aNestedBundleCanNameAStrangerAndProvesNothing(String resource, IdentityVerdict verdict) {
    String nested = "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}";
    assertThat(beside(nested.formatted(resource))).isEqualTo(verdict);
  }

  private static IdentityVerdict beside(String resource) {
    return verdicts(
            check(source("ehr", Section.PATIENT, ANA), source("other", Section.RESULTS, resource)))
        .get(1);
  }

  private static List<Checked> check(SourceReport... reports) {
    return Identity.check(List.of(reports), SuspectRule.WITHHOLD);
  }

  private static List<IdentityVerdict> verdicts(List<Checked> checked) {
    return checked.stream().map(c -> c.report().identity()).toList();
  }

  private static SourceReport source(String name, Section section, String... resources) {
    List<Entry> entries =
        java.util.Arrays.stream(resources).map(resource -> entry(name, resource)).toList();
    return report(name, Set.of(section), new SourceResult.Complete(entries));
  }

  private static String patient(String family, String given, String birthDate) {
    return """
    {"resourceType":"Patient","id":"p-1","name":[{"family":"%s","given":["%s"]}],"birthDate":"%s"}
    """
        .formatted(family, given, birthDate)
        .strip();
  }
}
