package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $summary} and the merged Patient, of the stub hospital's patients. */
class SummaryIT {
  private static final String PROFILE =
      "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  @TempDir static Path directory;
  private static HospitalService service;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @Test
  void itIsADocumentInWhichEverythingOfTheSectionsIsFound() throws Exception {
    Answered answered = service.get(summary("p-1001"));
    JsonNode bundle = answered.json();

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).startsWith("application/fhir+json");
    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertThat(bundle.path("type").textValue()).isEqualTo("document");
    assertThat(bundle.at("/identifier/value").textValue()).startsWith("urn:uuid:");
    List<String> fullUrls = new ArrayList<>();
    bundle.path("entry").forEach(entry -> fullUrls.add(entry.path("fullUrl").textValue()));
    assertThat(fullUrls).doesNotHaveDuplicates();
    String base = "http://127.0.0.1:" + service.service.port() + "/fhir/";
    JsonNode composition = bundle.at("/entry/0/resource");
    assertThat(composition.path("resourceType").textValue()).isEqualTo("Composition");
    for (JsonNode reference : composition.findValues("reference")) {
      assertThat(fullUrls).contains(base + reference.textValue());
    }
    assertThat(titles(composition))
        .containsExactly(
            "Allergies and intolerances",
            "Problems",
            "Medications",
            "Immunizations",
            "Procedures",
            "Results",
            "Imaging studies",
            "What this summary rests on");
    assertThat(bundle.toString()).doesNotContain("emptyReason");
  }

  @ParameterizedTest
  @CsvSource({"ehr,unavailable", "pharmacy,''"})
  void aSilentSourceIsNeverReadAsNoAllergies(String source, String reason) throws Exception {
    Answered answered = service.getWhile(Outage.DOWN, summary("p-1002"), source);
    JsonNode allergies = section(answered.json(), "48765-2");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).contains("missing=\"" + source + "\"");
    assertThat(allergies.at("/emptyReason/coding/0/code").asText()).isEqualTo(reason);
    assertThat(allergies.path("entry").isEmpty()).isEqualTo(!reason.isEmpty());
    assertThat(allergies.at("/text/div").textValue().contains("UNKNOWN: ehr "))
        .isEqualTo(!reason.isEmpty());
  }

  @Test
  void theEditionThatIsAskedForIsTheOneThatIsUsed() throws Exception {
    JsonNode newer = section(service.get(summary("p-1002") + profile("2.0.0")).json(), "48765-2");
    assertThat(newer.at("/emptyReason/coding/0/code").textValue()).isEqualTo("nilknown");
    assertThat(newer.path("entry")).isEmpty();
    assertThat(newer.at("/text/div").textValue()).contains("None known").contains("ehr");

    String path = summary("p-1002") + profile("1.1.0");
    JsonNode older = service.getWhile(Outage.DOWN, path, "ehr").json();
    assertThat(older.toString()).doesNotContain("emptyReason").contains("no-allergy-info");
    assertThat(section(older, "48765-2").at("/text/div").textValue()).contains("UNKNOWN: ehr");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?profile=http://elsewhere",
        "?profile=" + PROFILE + "%7C9.9",
        "?profile=" + PROFILE + "&profile=" + PROFILE,
        "?graph=x",
        "?urgency=soon"
      })
  void whatCannotBeServedIsRefusedBeforeAnySourceIsAsked(String query) throws Exception {
    Answered answered = service.get(summary("p-1001") + query);
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.json().at("/resourceType").textValue()).isEqualTo("OperationOutcome");
    assertThat(service.journal.of(answered.requestId()).path("sources")).isEmpty();
  }

  @Test
  void allergiesOfNobodyAreNotFound() throws Exception {
    for (String path : List.of(summary("p-9999"), "/fhir/Patient/p-9999")) {
      Answered answered = service.get(path);
      assertThat(answered.status()).isEqualTo(404);
      assertThat(answered.json().at("/issue/0/code").textValue()).isEqualTo("not-found");
    }
  }

  @Test
  void theMergedPatientHasAllIdentifiersAndItsConflictsFlagged() throws Exception {
    Answered answered = service.get("/fhir/Patient/p-1003");
    JsonNode patient = answered.json();

    assertThat(patient.path("id").textValue()).isEqualTo("p-1003");
    assertThat(patient.at("/meta/source").textValue()).isEqualTo("urn:wholechart");
    assertThat(patient.path("birthDate").textValue()).isEqualTo("1962-11-05");
    String extension = patient.path("extension").toString();
    assertThat(extension)
        .contains("urn:wholechart:conflict", "birthDate", "1962-05-11", ":pharmacy");
    assertThat(patient.path("link").findValuesAsText("display"))
        .containsExactly("ehr", "lab", "pharmacy");
    assertThat(patient.path("identifier")).isNotEmpty();
  }

  @Test
  void theMergedPatientIsThereWithoutTheEhr() throws Exception {
    Answered answered = service.getWhile(Outage.DOWN, "/fhir/Patient/p-1003", "ehr");
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).isEqualTo("0.75; missing=\"ehr\"");
    assertThat(answered.json().path("link").findValuesAsText("display"))
        .containsExactly("lab", "pharmacy");
  }

  @ParameterizedTest
  @CsvSource({
    "p-1001, 1", // whatever system
    "%7Cp-1001, 1", // the laboratory's has no system
    "urn:wholechart:patient%7Cp-1001, 1",
    "p-9999, 0",
    "no_id_of_ours, 0"
  })
  void aSearchFindsWhomASourceGivesTheIdentifierOrNobody(String token, int total) throws Exception {
    Answered answered = service.get("/fhir/Patient?identifier=" + token);
    JsonNode bundle = answered.json();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(bundle.path("type").textValue()).isEqualTo("searchset");
    assertThat(bundle.path("total").intValue()).isEqualTo(total);
    assertThat(bundle.path("entry")).hasSize(total);
  }

  @Test
  void whoIsFoundComesWithAllThatIsSaid() throws Exception {
    String token = "urn:wholechart:patient%7Cp-1001";
    JsonNode bundle = service.get("/fhir/Patient?identifier=" + token).json();
    assertThat(bundle.at("/link/0/url").textValue())
        .endsWith("?identifier=urn%3Awholechart%3Apatient%7Cp-1001");
    assertThat(bundle.at("/entry/0/fullUrl").textValue()).endsWith("/fhir/Patient/p-1001");
    assertThat(bundle.at("/entry/0/search/mode").textValue()).isEqualTo("match");
    assertThat(bundle.at("/entry/0/resource/link").findValuesAsText("display")).contains("ehr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p-1001", "p-9999"})
  void thatNobodyIsFoundIsNotSaidOfASystemThatIsNotMapped(String value) throws Exception {
    JsonNode bundle = service.get("/fhir/Patient?identifier=urn:oid:1.2%7C" + value).json();
    assertThat(bundle.has("total")).isFalse();
    assertThat(bundle.path("entry")).hasSize(1);
    assertThat(bundle.at("/entry/0/search/mode").textValue()).isEqualTo("outcome");
    assertThat(bundle.at("/entry/0/resource/issue/0/details/coding/0/code").textValue())
        .isEqualTo("unmapped-system");
  }

  @Test
  void thatNobodyIsFoundIsNotSaidWhileASourceIsMissing() throws Exception {
    String path = "/fhir/Patient?identifier=urn:x%7Cp-1001";
    JsonNode bundle = service.getWhile(Outage.DOWN, path, "ehr").json();
    assertThat(bundle.has("total")).isFalse();
    assertThat(bundle.at("/entry/0/search/mode").textValue()).isEqualTo("outcome");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?identifier=",
        "?identifier=a%7C",
        "?identifier=a,b",
        "?identifier=a&identifier=b",
        "?identifier=a%7Cb%7Cc",
        "?identifier=M%C3%BCller%201",
        "?name=Doe",
        "?identifier=a&name=Doe"
      })
  void aSearchForMoreThanOneIsRefused(String query) throws Exception {
    Answered answered = service.get("/fhir/Patient" + query);
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.json().at("/issue/0/code").textValue()).isEqualTo("value");
  }

  @Test
  void eachIsRecordedAsWhatItIs() throws Exception {
    assertInteraction(summary("p-1001") + "?urgency=emergency", "summary");
    assertInteraction("/fhir/Patient/p-1001?urgency=emergency", "patient-demographics");
    assertInteraction("/fhir/Patient?urgency=emergency&identifier=p-1001", "patient-search");
  }

  private static void assertInteraction(String path, String interaction) throws Exception {
    JsonNode record = service.journal.of(service.get(path).requestId());
    assertThat(record.path("interaction").textValue()).isEqualTo(interaction);
    assertThat(record.path("patientId").textValue()).isEqualTo("p-1001");
    assertThat(record.at("/purpose/urgencyAsked").textValue()).isEqualTo("emergency");
    assertThat(record.path("sources")).hasSize(4);
  }

  private static String summary(String patient) {
    return "/fhir/Patient/" + patient + "/$summary";
  }

  private static String profile(String version) {
    return "?profile=" + PROFILE + "%7C" + version;
  }

  private static List<String> titles(JsonNode composition) {
    List<String> titles = new ArrayList<>();
    composition.path("section").forEach(section -> titles.add(section.path("title").textValue()));
    return titles;
  }

  private static JsonNode section(JsonNode bundle, String loinc) {
    for (JsonNode section : bundle.at("/entry/0/resource/section")) {
      if (section.at("/code/coding/0/code").asText().equals(loinc)) {
        return section;
      }
    }
    throw new AssertionError("no section " + loinc);
  }
}
