package io.wholechart;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.wholechart.Authorities.CALLERS;
import static io.wholechart.Authorities.EHR;
import static io.wholechart.Authorities.LAB;
import static io.wholechart.Authorities.PACS;
import static io.wholechart.Authorities.fhir;
import static io.wholechart.Authorities.targets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.wholechart.Caller.Answered;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A search by any system's number, over real HTTP. */
class PatientSearchIT {
  private static final String NOT_FOUND =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"not-found\"}]}";

  @TempDir Path directory;
  private final Authorities hospital = new Authorities();
  private Service service;

  @AfterEach
  void stop() throws Exception {
    service.close();
    hospital.close();
  }

  @ParameterizedTest
  @CsvSource({
    EHR + "|77",
    LAB + "|L:77/a",
    PACS + "|I_5+x",
    CALLERS + "|p-1",
    "urn:wholechart:patient|p-1",
    "p-1",
    "L:77/a"
  })
  void aNumberInTheFileFindsItsPatientInEverySource(String token) throws Exception {
    Answered answered = search(withFile("p-1,77,L:77/a,I_5+x\np-2,78,-,-\n"), token);

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertFound(answered);
  }

  @Test
  void whomTheFileKnowsNobodyByIsNobody() throws Exception {
    Answered answered = search(withFile("p-1,77,L:77/a,I_5+x\n"), LAB + "|L:78");
    assertNobody(answered);
  }

  @Test
  void aNumberOfTwoPatientsIsAnErrorAndNotAChoice() throws Exception {
    Answered answered = search(withFile("p-1,77,L:77/a,I_5+x\np-2,78,77,-\n"), "77");

    assertProblem(answered, 409, "multiple-matches", "identifier-ambiguous");
    assertThat(answered.json().path("issue").toString()).doesNotContain("p-1", "p-2", "77");
  }

  @Test
  void whatTheFileDoesNotSayIsNotSaidToBeNobody() throws Exception {
    Caller caller = withFile("p-1,77,L:77/a,I_5+x\np-2,78,-,\n");
    assertProblem(search(caller, PACS + "|I_6"), 503, "transient", "identifier-unresolved");
    assertProblem(search(caller, "urn:oid:9|77"), 400, "value", "bad-parameter");
  }

  @Test
  void aServiceSaysWhoseNumberItIs() throws Exception {
    pix(LAB + "|L:77/a", targets(CALLERS, "p-1", "p-1"));
    hospital.pix(EHR, targets(EHR, "77"));
    hospital.pix(LAB, targets(LAB, "L:77/a"));
    hospital.pix(PACS, targets(PACS, "I_5+x"));
    Answered answered = search(withService(), LAB + "|L:77/a");

    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertFound(answered);
    assertThat(hospital.asked("/mpi").getLast()) // the last in the list is the first
        .isEqualTo(
            "/mpi/Patient/$ihe-pix?sourceIdentifier=urn%3Aoid%3A1.2.3%7CL%3A77%2Fa"
                + "&targetSystem=urn%3Aoid%3A1.2.1");
    assertThat(metrics()).contains("crosswalk_lookup_duration_seconds_count{outcome=\"found\"} 4");
  }

  static Stream<ResponseDefinitionBuilder> nobody() {
    return Stream.of(fhir("{\"resourceType\":\"Parameters\"}"), fhir(NOT_FOUND).withStatus(404));
  }

  @ParameterizedTest
  @MethodSource("nobody")
  void whomTheServiceKnowsNobodyByIsNobody(ResponseDefinitionBuilder answer) throws Exception {
    pix(LAB + "|L:78", answer);
    assertNobody(search(withService(), LAB + "|L:78"));
    assertThat(metrics()).contains("crosswalk_lookup_duration_seconds_count{outcome=\"none\"} 1");
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of("ids of other systems", targets(EHR, "p-1")),
        Arguments.of("an id of it that is none", targets(CALLERS, "p_1")),
        Arguments.of("no FHIR Parameters", fhir(NOT_FOUND)),
        Arguments.of("not FHIR JSON", aResponse().withBody("<html>log in</html>")),
        Arguments.of("is not there", aResponse().withStatus(404).withBody("<html>p-1</html>")),
        Arguments.of("is not there", fhir(NOT_FOUND).withStatus(410)),
        Arguments.of("is not there", fhir("{\"resourceType\":\"Bundle\"}").withStatus(404)),
        Arguments.of("answered HTTP 400", fhir(NOT_FOUND).withStatus(400)),
        Arguments.of("answered HTTP 500", aResponse().withStatus(500)),
        Arguments.of("answered HTTP 302", aResponse().withStatus(302).withHeader("Location", "/")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusable")
  void aServiceThatCannotSayIsAnErrorAndNotNobody(String why, ResponseDefinitionBuilder answer)
      throws Exception {
    pix(LAB + "|L:77/a", answer);
    Answered answered = search(withService(), LAB + "|L:77/a");

    assertProblem(answered, 503, "transient", "identifier-unresolved");
    assertThat(answered.header("Retry-After")).isEqualTo("2");
    assertThat(answered.body()).contains("the crosswalk", why).doesNotContain("L:77", "p-1");
  }

  @Test
  void twoPatientsOfTheServiceAreAnErrorAndNotAChoice() throws Exception {
    pix(LAB + "|L:77/a", targets(CALLERS, "p-1", "p-2"));
    Answered answered = search(withService(), LAB + "|L:77/a");
    assertProblem(answered, 409, "multiple-matches", "identifier-ambiguous");
    assertThat(answered.body()).doesNotContain("L:77", "p-1", "p-2");
  }

  @Test
  void aSlowServiceIsCutOffAtTheDeadline() throws Exception {
    pix(LAB + "|L:77/a", targets(CALLERS, "p-1").withFixedDelay(30_000));
    Answered answered = search(withService(), LAB + "|L:77/a", "&urgency=emergency");

    assertProblem(answered, 504, "timeout", "identifier-timed-out");
    assertThat(answered.body()).contains("the crosswalk did not answer within 2000 ms");
    assertThat(answered.elapsedMs()).isBetween(1_900L, 2_500L);
    assertThat(metrics())
        .contains("crosswalk_lookup_duration_seconds_count{outcome=\"timeout\"} 1");
  }

  @Test
  void aServiceIsNotAskedForANumberOfNoSystem() throws Exception {
    Caller caller = withService();
    assertProblem(search(caller, "L:77/a"), 400, "value", "bad-parameter");
    assertProblem(search(caller, "|L:77/a"), 400, "value", "bad-parameter");
    assertProblem(search(caller, LAB + "|L 77"), 400, "value", "bad-parameter");
    assertProblem(search(caller, "urn:x y|77"), 400, "value", "bad-parameter");
    assertThat(hospital.asked("/")).isEmpty();
  }

  private void assertFound(Answered answered) {
    JsonNode bundle = answered.json();
    assertThat(bundle.path("total").intValue()).isEqualTo(1);
    assertThat(bundle.at("/entry/0/fullUrl").textValue()).endsWith("/fhir/Patient/p-1");
    assertThat(bundle.at("/entry/0/resource/name/0/family").textValue()).isEqualTo("Okoye");
    JsonNode record = record(answered);
    assertThat(record.path("interaction").textValue()).isEqualTo("patient-search");
    assertThat(record.path("patientId").textValue()).isEqualTo("p-1");
    assertThat(record.path("sources").findValuesAsText("asked"))
        .containsExactly("77", "L:77/a", "I_5+x");
    assertThat(record.path("sources").findValuesAsText("identity"))
        .containsExactly("match", "match", "match");
  }

  private void assertNobody(Answered answered) {
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().path("total").intValue()).isZero();
    assertThat(answered.json().has("total")).isTrue();
    assertThat(answered.json().path("entry")).isEmpty();
    assertRecordedWithoutPatient(answered);
  }

  private void assertProblem(Answered answered, int status, String issue, String kind) {
    assertThat(answered.status()).isEqualTo(status);
    assertThat(answered.json().path("resourceType").textValue()).isEqualTo("OperationOutcome");
    assertThat(answered.json().at("/issue/0/code").textValue()).isEqualTo(issue);
    assertThat(answered.json().at("/issue/0/details/coding/0/code").textValue()).isEqualTo(kind);
    assertRecordedWithoutPatient(answered);
    assertThat(record(answered).path("problem").textValue()).isEqualTo(kind);
  }

  private void assertRecordedWithoutPatient(Answered answered) {
    assertThat(record(answered).path("interaction").textValue()).isEqualTo("patient-search");
    assertThat(record(answered).path("patientId").isNull()).isTrue();
    assertThat(record(answered).at("/purpose/urgencyAsked").textValue())
        .isIn("normal", "emergency");
    assertThat(record(answered).path("sources")).isEmpty();
    for (String source : new String[] {"/ehr", "/lab", "/pacs"}) {
      assertThat(hospital.asked(source)).isEmpty();
    }
  }

  private void pix(String sourceIdentifier, ResponseDefinitionBuilder answer) {
    hospital.stub(
        get(urlPathEqualTo("/mpi/Patient/$ihe-pix"))
            .withQueryParam("sourceIdentifier", equalTo(sourceIdentifier))
            .withQueryParam("targetSystem", equalTo(CALLERS)),
        answer);
  }

  private static Answered search(Caller caller, String token) throws Exception {
    return search(caller, token, "");
  }

  private static Answered search(Caller caller, String token, String more) throws Exception {
    return caller.get("/fhir/Patient?identifier=" + URLEncoder.encode(token, UTF_8) + more);
  }

  private Caller withFile(String rows) throws Exception {
    service = hospital.linkedByFile(directory, rows);
    return new Caller(service.port());
  }

  private Caller withService() throws Exception {
    service = hospital.linkedByService(directory);
    return new Caller(service.port());
  }

  private String metrics() throws Exception {
    return new Caller(service.adminPort()).get("/observe/metrics").body();
  }

  private JsonNode record(Answered answered) {
    return new Journal(directory).of(answered.requestId());
  }
}
