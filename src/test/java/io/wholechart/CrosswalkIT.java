package io.wholechart;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.wholechart.Authorities.EHR;
import static io.wholechart.Authorities.LAB;
import static io.wholechart.Authorities.PACS;
import static io.wholechart.Authorities.fhir;
import static io.wholechart.Authorities.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wholechart.Caller.Answered;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One patient, another id in every system, over real HTTP. */
class CrosswalkIT {
  @TempDir Path directory;
  private final Authorities hospital = new Authorities();
  private Service service;

  @AfterEach
  void stop() throws Exception {
    service.close();
    hospital.close();
  }

  @Test
  void everySourceIsAskedByTheIdThatTheFileSaysAndTheRecordTellsWhich() throws Exception {
    Answered answered = withFile("p-1,77,L:77/a,I_5+x\n").get("/patients/p-1");

    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertThat(answered.json().at("/patientId").asText()).isEqualTo("p-1");
    assertThat(answered.json().at("/data/results")).hasSize(2);
    assertThat(answered.json().at("/data/imaging")).hasSize(1);
    assertThat(answered.body()).doesNotContain("\"identity\"");
    JsonNode sources = record(answered).path("sources");
    assertThat(record(answered).path("patientId").asText()).isEqualTo("p-1");
    assertThat(sources.findValuesAsText("asked")).containsExactly("77", "L:77/a", "I_5+x");
    assertThat(sources.findValuesAsText("identity")).containsExactly("match", "match", "match");
  }

  @Test
  void aDashIsNotFoundAndAnEmptyCellIsNotKnown() throws Exception {
    Answered answered = withFile("p-1,77,-,\n").get("/patients/p-1");

    assertThat(answered.json().at("/sourceStatus").findValuesAsText("status"))
        .containsExactly("ok", "not-found", "id-unresolved");
    assertThat(answered.json().at("/sections/results/state").asText()).isEqualTo("none-recorded");
    assertThat(answered.json().at("/sections/imaging/state").asText()).isEqualTo("unknown");
    assertThat(hospital.asked("/lab")).isEmpty();
    assertThat(hospital.asked("/pacs")).isEmpty();
    assertThat(record(answered).at("/sources/2/asked").isNull()).isTrue();
  }

  @Test
  void whoIsNotInTheFileIsNotSaidToBeNobody() throws Exception {
    Answered answered = withFile("p-1,77,L:77/a,I_5+x\n").get("/patients/p-2");

    assertThat(answered.status()).isEqualTo(503);
    assertThat(answered.json().path("type").asText()).endsWith("no-source-usable");
    assertThat(hospital.asked("/")).isEmpty();
  }

  @Test
  void aChangedFileCounts() throws Exception {
    Caller caller = withFile("p-1,77,-,-\n");
    assertThat(caller.get("/patients/p-1").json().at("/data/imaging")).isEmpty();
    Authorities.writeTable(directory, "p-1,77,L:77/a,I_5+x\n");
    await().until(() -> caller.get("/patients/p-1").json().at("/data/imaging").size() == 1);
  }

  @Test
  void aServiceIsAskedOnceForEachSystemAndThenRemembered() throws Exception {
    hospital.pix(EHR, targets(EHR, "77"));
    hospital.pix(LAB, targets(LAB, "L:77/a", "L:77/a"));
    hospital.pix(PACS, fhir("{\"resourceType\":\"Parameters\"}"));
    Caller caller = withService();

    for (int i = 0; i < 3; i++) {
      Answered answered = caller.get("/patients/p-1");
      assertThat(answered.json().at("/sourceStatus").findValuesAsText("status"))
          .containsExactly("ok", "ok", "not-found");
      assertThat(record(answered).at("/sources/1/asked").asText()).isEqualTo("L:77/a");
    }
    assertThat(hospital.asked("/mpi")).hasSize(3);
    assertThat(hospital.asked("/lab")).hasSize(3);
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("more than one id", targets(LAB, "L:77/a", "L:78")),
        Arguments.of("ids of other systems", targets(EHR, "77")),
        Arguments.of("an id of it that is none", targets(LAB, "L*")),
        Arguments.of("no FHIR Parameters", fhir("{\"resourceType\":\"Bundle\"}")),
        Arguments.of("no FHIR Parameters", fhir("{\"resourceType\":\"Parameters\"")),
        Arguments.of("not FHIR JSON", aResponse().withBody("<html>log in</html>")),
        Arguments.of("does not know the patient", fhir("{}").withStatus(404)),
        Arguments.of("answered HTTP 500", aResponse().withStatus(500)),
        Arguments.of("answered HTTP 302", aResponse().withStatus(302).withHeader("Location", "/")),
        Arguments.of(
            "no FHIR Parameters",
            fhir(
                "{\"resourceType\":\"Parameters\",\"parameter\":{\"name\":\"targetIdentifier\","
                    + "\"valueIdentifier\":{\"system\":\"urn:oid:1.2.3\"}}}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void whatIsNotOneIdIsAFailureOfTheSourceAndNotAGuess(String why, ResponseDefinitionBuilder answer)
      throws Exception {
    hospital.pix(EHR, targets(EHR, "77"));
    hospital.pix(LAB, answer);
    hospital.pix(PACS, targets(PACS, "I_5+x"));
    Answered answered = withService().get("/patients/p-1");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().at("/sections/results/state").asText()).isEqualTo("unknown");
    assertThat(answered.json().at("/failures")).hasSize(1);
    assertThat(answered.json().at("/failures/0/reason").asText()).isEqualTo("id-unresolved");
    assertThat(answered.json().at("/failures/0/message").asText())
        .startsWith("lab was not asked: ")
        .contains(why)
        .doesNotContain("77", "78", "p-1");
    assertThat(hospital.asked("/lab")).isEmpty();
    assertThat(record(answered).at("/sources/1/outcome").asText()).isEqualTo("id-unresolved");
  }

  @Test
  void aSlowServiceTakesAlongOnlyTheSourcesThatNeedIt() throws Exception {
    hospital.pix(EHR, targets(EHR, "77"));
    hospital.pix(LAB, targets(LAB, "L:77/a").withFixedDelay(30_000));
    hospital.pix(PACS, targets(PACS, "I_5+x"));
    Answered answered = withService().get("/patients/p-1?urgency=emergency");

    assertThat(answered.json().at("/sourceStatus").findValuesAsText("status"))
        .containsExactly("ok", "id-unresolved", "ok");
    assertThat(answered.json().at("/failures/0/message").asText())
        .isEqualTo("lab was not asked: the cross-reference service did not answer within 2000 ms");
    assertThat(answered.elapsedMs()).isBetween(1_900L, 2_500L);
  }

  /** A link of the service that leads to somebody else is noticed by what that one is. */
  @Test
  void aWrongLinkIsASuspicion() throws Exception {
    hospital.pix(EHR, targets(EHR, "77"));
    hospital.pix(LAB, targets(LAB, "L:77/a"));
    hospital.pix(PACS, targets(PACS, "I_5+x"));
    hospital.stub(
        com.github.tomakehurst.wiremock.client.WireMock.get(
            com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo("/pacs/studies")),
        aResponse()
            .withHeader("Content-Type", "application/dicom+json")
            .withBody(
                """
                [{"0020000D":{"vr":"UI","Value":["1.2.3"]},"00100020":{"vr":"LO","Value":["I_5+x"]},
                  "00100010":{"vr":"PN","Value":[{"Alphabetic":"OKOYE^BEN"}]},
                  "00100030":{"vr":"DA","Value":["19800504"]}}]
                """));
    Answered answered = withService().get("/patients/p-1");

    assertThat(answered.json().at("/failures/0/reason").asText()).isEqualTo("identity-mismatch");
    assertThat(answered.json().at("/data/imaging")).isEmpty();
    assertThat(answered.json().at("/sections/imaging/state").asText()).isEqualTo("unknown");
    assertThat(record(answered).at("/sources/2/identity").asText()).isEqualTo("suspect");
    assertThat(new Caller(service.adminPort()).get("/observe/metrics").body())
        .contains("identity_suspects_total{source=\"imaging\"} 1.0");
  }

  private Caller withFile(String rows) throws Exception {
    service = hospital.linkedByFile(directory, rows);
    return new Caller(service.port());
  }

  private Caller withService() throws Exception {
    service = hospital.linkedByService(directory);
    return new Caller(service.port());
  }

  private JsonNode record(Answered answered) {
    return new Journal(directory).of(answered.requestId());
  }
}
