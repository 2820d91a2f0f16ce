package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service makes of the stub hospital's patients, each of whom is there for a reason. */
class StubPatientsIT {
  @TempDir static Path directory;
  private static HospitalService running;

  @BeforeAll
  static void start() throws Exception {
    running = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  @Test
  void noneKnownIsSaidWhereASourceAssertedItAndTheAssertionIsShown() throws Exception {
    JsonNode chart = chart("p-1002");

    assertThat(state(chart, "allergies")).isEqualTo("none-known");
    assertThat(chart.at("/data/allergies")).hasSize(1);
    assertThat(chart.at("/data/allergies/0/resource/code/coding/0/code").textValue())
        .isEqualTo("716186003"); // SNOMED CT: no known allergy
    assertThat(state(chart, "procedures")).isEqualTo("none-recorded");
  }

  @Test
  void noneKnownIsNotSaidWhileTheResponsibleSourceIsSilent() throws Exception {
    JsonNode chart = running.getWhile(Outage.DOWN, "/patients/p-1002", "ehr").json();

    assertThat(state(chart, "allergies")).isEqualTo("unknown");
    assertThat(chart.at("/data/allergies")).isEmpty();
  }

  @Test
  void aBirthDateThatSourcesDisagreeOnIsShownWithBothAndSettledByNone() throws Exception {
    JsonNode chart = chart("p-1003");
    JsonNode patient = chart.at("/data/patient");

    assertThat(patient.path("conflicts").toString())
        .isEqualTo(
            """
            [{"element":"birthDate","values":[\
            {"value":"1962-11-05","sources":["ehr","lab"]},\
            {"value":"1962-05-11","sources":["pharmacy"]}]}]\
            """);
    List<String> shown = new ArrayList<>();
    shown.add(patient.at("/resource/birthDate").textValue());
    patient.path("also").forEach(o -> shown.add(o.at("/resource/birthDate").textValue()));
    assertThat(shown).containsExactly("1962-11-05", "1962-11-05", "1962-05-11");

    JsonNode conflict = chart.at("/conflicts/0");
    assertThat(chart.path("conflicts")).hasSize(1);
    assertThat(conflict.path("section").textValue()).isEqualTo("patient");
    assertThat(conflict.path("kind").textValue()).isEqualTo("different-demographics");
    for (JsonNode claim : conflict.path("values")) {
      assertThat(claim.path("entries")).hasSameSizeAs(claim.path("sources"));
      for (JsonNode pointer : claim.path("entries")) {
        assertThat(chart.at(pointer.textValue() + "/resource/birthDate"))
            .isEqualTo(claim.path("value"));
      }
    }
  }

  @Test
  void theSameDrugOfTwoSourcesIsOneEntryWithBothOriginals() throws Exception {
    List<JsonNode> grouped = new ArrayList<>();
    int originals = 0;
    for (JsonNode entry : chart("p-1003").at("/data/medications")) {
      originals += 1 + entry.path("also").size();
      if (entry.path("sources").size() > 1) {
        grouped.add(entry);
      }
    }

    assertThat(grouped)
        .extracting(StubPatientsIT::rxNorm)
        .containsExactly("861007", "1545658", "617310");
    for (JsonNode drug : grouped) {
      assertThat(drug.path("sources").toString()).isEqualTo("[\"ehr\",\"pharmacy\"]");
      assertThat(drug.path("also")).hasSize(1);
      assertThat(drug.at("/also/0/sources").toString()).isEqualTo("[\"pharmacy\"]");
      assertThat(rxNorm(drug.at("/also/0"))).isEqualTo(rxNorm(drug));
      assertThat(drug.at("/also/0/resource/id")).isNotEqualTo(drug.at("/resource/id"));
    }
    assertThat(originals).isEqualTo(3 + 8); // the EHR's and the pharmacy's: none is lost
  }

  @Test
  void aChartOfManyPagesArrivesWholeAndEveryResourceAsItWasSent() throws Exception {
    JsonNode chart = chart("p-1006");

    assertThat(entriesOf(chart, "ehr")).isEqualTo(518);
    assertThat(originals(chart, "ehr")).isEqualTo(518);
    String body = running.get("/patients/p-1006").body();
    String page = Files.readString(Path.of("stubs/ehr/__files/p-1006-page-7.json"));
    List<String> resources =
        Pattern.compile("\"resource\":(.*),\"search\":")
            .matcher(page)
            .results()
            .map(r -> r.group(1))
            .toList();
    assertThat(resources).hasSizeGreaterThan(30);
    assertThat(resources).allSatisfy(resource -> assertThat(body).contains(resource));
  }

  @Test
  void aPatientWhomOnlyTheLaboratoryKnowsIsThatAndTheRestIsNoneRecorded() throws Exception {
    JsonNode chart = chart("p-1007");

    assertThat(chart.path("isComplete").booleanValue()).isTrue();
    assertThat(statuses(chart))
        .containsExactly("ehr not-found", "lab ok", "imaging ok", "pharmacy not-found");
    assertThat(chart.at("/sourceStatus/0/entries").intValue()).isZero();
    assertThat(chart.at("/data/patient/sources").toString()).isEqualTo("[\"lab\"]");
    assertThat(chart.at("/data/patient/resource/name/0/family").textValue()).isEqualTo("Zielinski");
    chart
        .path("sections")
        .properties()
        .forEach(section ->
            assertThat(section.getValue().path("state").textValue())
                .as(section.getKey())
                .isEqualTo(
                    List.of("patient", "results").contains(section.getKey())
                        ? "present"
                        : "none-recorded"));
  }

  @ParameterizedTest
  @CsvSource({
    "p-1008, \u0141ukasiewicz-S\u00f8rensen, Zo\u00eb",
    "p-1011, N\u00fa\u00f1ez, Marisol"
  })
  void aNameBeyondAsciiIsTheSameFromEverySource(String id, String family, String given)
      throws Exception {
    Answered answered = running.get("/patients/" + id);
    JsonNode patient = answered.json().at("/data/patient");

    assertThat(patient.path("sources").toString()).isEqualTo("[\"ehr\",\"lab\",\"pharmacy\"]");
    assertThat(patient.path("conflicts")).isEmpty();
    assertName(patient, family, given);
    patient.path("also").forEach(original -> assertName(original, family, given));
    assertThat(answered.response().headers().firstValueAsLong("Content-Length"))
        .hasValue(answered.body().getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void aPatientWhomNobodyKnowsIsNotFoundAndTheLookIsRecorded() throws Exception {
    Answered answered = running.get("/patients/p-9999?urgency=urgent");

    Problems.assertProblem(answered, 404, "patient-not-found");
    JsonNode record = running.journal.of(answered.requestId());
    assertThat(record.path("patientId").textValue()).isEqualTo("p-9999");
    assertThat(record.at("/purpose/urgencyAsked").textValue()).isEqualTo("urgent");
    assertThat(record.path("httpStatus").intValue()).isEqualTo(404);
    assertThat(record.path("problem").textValue()).isEqualTo("patient-not-found");
    assertThat(record.path("completeness").doubleValue()).isEqualTo(1.0);
    assertThat(record.path("sources")).hasSize(4);
  }

  private static JsonNode chart(String id) throws Exception {
    Answered answered = running.get("/patients/" + id);
    assertThat(answered.status()).isEqualTo(200);
    return answered.json();
  }

  private static String state(JsonNode chart, String section) {
    return chart.path("sections").path(section).path("state").textValue();
  }

  private static String rxNorm(JsonNode entry) {
    return entry.at("/resource/medicationCodeableConcept/coding/0/code").textValue();
  }

  private static void assertName(JsonNode entry, String family, String given) {
    assertThat(entry.at("/resource/name/0/family").textValue()).isEqualTo(family);
    assertThat(entry.at("/resource/name/0/given/0").textValue()).isEqualTo(given);
  }

  private static List<String> statuses(JsonNode chart) {
    List<String> statuses = new ArrayList<>();
    for (JsonNode status : chart.path("sourceStatus")) {
      statuses.add(status.path("source").textValue() + " " + status.path("status").textValue());
    }
    return statuses;
  }

  private static int entriesOf(JsonNode chart, String source) {
    for (JsonNode status : chart.path("sourceStatus")) {
      if (status.path("source").textValue().equals(source)) {
        return status.path("entries").intValue();
      }
    }
    throw new AssertionError("no status of " + source);
  }

  /** The originals of a source in all of the data, grouped or not. */
  private static int originals(JsonNode chart, String source) {
    int count = 0;
    for (JsonNode section : chart.path("data")) {
      for (JsonNode entry : section.isArray() ? section : List.of(section)) {
        count += entry.path("sources").path(0).textValue().equals(source) ? 1 : 0;
        for (JsonNode also : entry.path("also")) {
          count += also.path("sources").path(0).textValue().equals(source) ? 1 : 0;
        }
      }
    }
    return count;
  }
}
