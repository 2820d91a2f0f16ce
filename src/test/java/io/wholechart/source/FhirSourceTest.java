package io.wholechart.source;

import static io.wholechart.source.Charts.OUTCOME;
import static io.wholechart.source.Charts.PATIENT;
import static io.wholechart.source.Charts.bundle;
import static io.wholechart.source.Charts.observation;
import static io.wholechart.source.ScriptedUpstream.answer;
import static io.wholechart.source.ScriptedUpstream.failure;
import static io.wholechart.source.ScriptedUpstream.fhir;
import static io.wholechart.source.ScriptedUpstream.run;
import static io.wholechart.source.ScriptedUpstream.runOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import io.wholechart.source.SourceSettings.Fetch;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirSourceTest {
  private static final URI BASE = URI.create("http://ehr.example:9101/fhir");
  private static final SourceId ID = new SourceId(null, "p-1");

  private final ScriptedUpstream upstream = new ScriptedUpstream();

  @Test
  void everythingIsOneCallForTheWholeCompartment() throws Exception {
    upstream.at("$everything", fhir(bundle("", PATIENT, observation("o-1"))));

    Ended ended = everything();

    assertThat(ended.ending()).isEqualTo(new Ending.Whole());
    assertThat(ended.intake().entries()).hasSize(2);
    assertThat(ended.intake().asOf()).isEqualTo(ScriptedUpstream.AT);
    assertThat(upstream.urls())
        .containsExactly("http://ehr.example:9101/fhir/Patient/p-1/$everything?_count=250");
    assertThat(upstream.requests.getFirst().accept()).isEqualTo("application/fhir+json");
  }

  @Test
  void eachTypeIsACallOfItsOwnSoThatOneThatFailsDoesNotStopTheOthers() throws Exception {
    upstream
        .at("Patient?_id=p-1&", fhir(bundle("", PATIENT)))
        .at("MedicationDispense?patient=p-1&", UpstreamAnswer.broken(FailureReason.ERROR, "fell"))
        .at("Observation?patient=p-1&", fhir(bundle("", observation("o-1"))));

    List<Ended> ended = run(source("Patient", "MedicationDispense", "Observation").calls(ID));

    assertThat(ended).hasSize(3);
    assertThat(ended.get(0).ending()).isEqualTo(new Ending.Whole());
    assertThat(failure(ended.get(1)).detail()).isEqualTo("fell");
    assertThat(ended.get(2).intake().entries()).hasSize(1);
    assertThat(SourceAnswer.of(ended).status()).isEqualTo("partial");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void onlyFhirsOwnWordMakesA404AnUnknownPatient(int status) throws Exception {
    assertThat(endingOf(fhir(status, OUTCOME))).isEqualTo(new Ending.NotFound());
    assertThat(brokenBy(answer(status, "text/html", "<html>")).reason())
        .isEqualTo(FailureReason.ERROR);
    assertThat(brokenBy(fhir(status, "{}")).reason()).isEqualTo(FailureReason.ERROR);
    assertThat(brokenBy(fhir(status, bundle(""))).reason()).isEqualTo(FailureReason.ERROR);
  }

  /** Its logical ids have FHIR's alphabet, whatever a crosswalk says. */
  @ParameterizedTest
  @ValueSource(strings = {"L:77", "7/a", "7_a", "7+a"})
  void anIdThatFhirDoesNotAllowIsNotAskedFor(String id) throws Exception {
    SourceResult result =
        SourceAnswer.of(run(source("Patient", "Observation").calls(new SourceId(null, id))));
    assertThat(result).isInstanceOf(SourceResult.Failed.class);
    assertThat(result.status()).isEqualTo("id-unresolved");
    assertThat(upstream.urls()).isEmpty();
  }

  @Test
  void aTypeThatIsNotServedIsNotAnEmptyOne() throws Exception {
    upstream
        .at("Patient?", fhir(bundle("", PATIENT)))
        .at("MedicationDispense?", fhir(404, OUTCOME));

    SourceResult result = SourceAnswer.of(run(source("Patient", "MedicationDispense").calls(ID)));

    assertThat(result).isInstanceOf(SourceResult.Incomplete.class);
    assertThat(result.failure().orElseThrow().detail()).contains("1 of 2", "404");
  }

  @Test
  void whereEverySearchIsRefusedThePatientIsUnknown() throws Exception {
    upstream.at("?", fhir(404, OUTCOME));

    assertThat(SourceAnswer.of(run(source("Patient", "Observation").calls(ID))))
        .isEqualTo(new SourceResult.NotFound());
    assertThat(SourceAnswer.of(run(source("Condition", "Observation").calls(ID))))
        .isEqualTo(new SourceResult.NotFound());
  }

  @Test
  void aSearchThatFindsNoPatientIsAnUnknownOneAndAnEmptyListIsEmpty() throws Exception {
    upstream.at("?", fhir(bundle("")));

    assertThat(SourceAnswer.of(run(source("Patient", "Observation").calls(ID))))
        .isEqualTo(new SourceResult.NotFound());
    assertThat(SourceAnswer.of(run(source("Observation").calls(ID))))
        .isEqualTo(new SourceResult.Complete(List.of()));
  }

  @Test
  void aChartWithoutItsPatientIsNotWhole() throws Exception {
    assertThat(brokenBy(fhir(bundle("", observation("o-1")))).reason())
        .isEqualTo(FailureReason.PARTIAL);
    assertThat(brokenBy(fhir(bundle(""))).reason()).isEqualTo(FailureReason.PARTIAL);
  }

  @Test
  void anAnswerThatSaysItselfThatItIsNotWholeIsPartial() throws Exception {
    for (String body :
        List.of(
            bundle("", PATIENT, OUTCOME),
            bundle("", PATIENT, OUTCOME.replace("error", "fatal")),
            bundle("", PATIENT).replaceFirst("\\{", "{\"total\":7,"),
            bundle("", PATIENT)
                .replaceFirst("\\{", "{\"meta\":{\"tag\":[{\"code\":\"SUBSETTED\"}]},"))) {
      assertThat(brokenBy(fhir(body)).reason()).as(body).isEqualTo(FailureReason.PARTIAL);
    }
    assertThat(endingOf(fhir(bundle("", PATIENT, OUTCOME.replace("error", "warning")))))
        .isEqualTo(new Ending.Whole());
  }

  @Test
  void whatIsNoBundleIsNoAnswer() throws Exception {
    assertThat(brokenBy(fhir(OUTCOME)).reason()).isEqualTo(FailureReason.ERROR);
    assertThat(brokenBy(fhir(PATIENT)).reason()).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(fhir("")).reason()).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(fhir("{\"resourceType\":")).reason()).isEqualTo(FailureReason.INVALID);
    assertThat(brokenBy(answer(200, "text/html", bundle("", PATIENT))).reason())
        .isEqualTo(FailureReason.INVALID);
    assertThat(endingOf(answer(200, "application/json", bundle("", PATIENT))))
        .isEqualTo(new Ending.Whole());
  }

  private Ending endingOf(UpstreamAnswer answer) throws InterruptedException {
    upstream.at("$everything", answer);
    return everything().ending();
  }

  private Failure brokenBy(UpstreamAnswer answer) throws InterruptedException {
    return ((Ending.Broken) endingOf(answer)).failure();
  }

  private Ended everything() throws InterruptedException {
    return runOnly(source().calls(ID));
  }

  private FhirSource source(String... types) {
    Fetch fetch = types.length == 0 ? new Fetch.Everything() : new Fetch.Types(List.of(types));
    return new FhirSource(
        upstream, Replicas.only(BASE), fetch, new Limits(5, 10_000, PipelineSettings.PAYLOAD));
  }
}
