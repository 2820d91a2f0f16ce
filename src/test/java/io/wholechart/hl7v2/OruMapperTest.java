package io.wholechart.hl7v2;

import static io.wholechart.hl7v2.Er7.HEADER;
import static io.wholechart.hl7v2.Er7.ORDER;
import static io.wholechart.hl7v2.Er7.PATIENT;
import static io.wholechart.hl7v2.Er7.all;
import static io.wholechart.hl7v2.Er7.message;
import static io.wholechart.hl7v2.Er7.observation;
import static io.wholechart.hl7v2.Er7.observations;
import static io.wholechart.hl7v2.Er7.read;
import static io.wholechart.hl7v2.Er7.results;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OruMapperTest {
  private static final String SODIUM = "OBX|1|NM|2951-2^Sodium^LN^NA^Natrium^L||140|mmol/L|||||F";

  @Test
  void loincAndLocalCodeAreBothKept() {
    JsonNode code = observation(SODIUM).path("code");

    assertThat(code.at("/coding/0/system").asText()).isEqualTo("http://loinc.org");
    assertThat(code.at("/coding/0/code").asText()).isEqualTo("2951-2");
    assertThat(code.at("/coding/1/code").asText()).isEqualTo("NA");
    assertThat(code.at("/coding/1/display").asText()).isEqualTo("Natrium");
    assertThat(code.at("/coding/1").has("system")).isFalse();
  }

  @Test
  void aCodeSystemWithAnOidIsNamedByIt() {
    JsonNode code = observation(SODIUM.replace("^LN", "^2.16.840.1.113883.6.1")).path("code");

    assertThat(code.at("/coding/0/system").asText()).isEqualTo("urn:oid:2.16.840.1.113883.6.1");
  }

  @ParameterizedTest
  @CsvSource({
    "F, final",
    "U, final",
    "C, corrected",
    "P, preliminary",
    "S, preliminary",
    "R, preliminary",
    "I, registered",
    "O, registered",
    "X, cancelled",
    "N, cancelled",
    "D, entered-in-error",
    "W, entered-in-error",
    "?, unknown",
    "'', unknown"
  })
  void theStatusOfAResult(String sent, String status) {
    assertThat(observation(SODIUM.replaceFirst("F$", sent)).path("status").asText())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "F, final",
    "C, corrected",
    "P, preliminary",
    "A, partial",
    "X, cancelled",
    "I, registered",
    "Z, unknown",
    "'', unknown"
  })
  void theStatusOfAReport(String sent, String status) {
    String message = results(SODIUM).replace("CH|F\r", "CH|" + sent + "\r");

    assertThat(all(read(message), "DiagnosticReport").getFirst().path("status").asText())
        .isEqualTo(status);
  }

  @Test
  void abnormalFlagsAreCodesWhereFhirKnowsThemAndWordsOtherwise() {
    JsonNode flags =
        observation("OBX|1|NM|2951-2^Sodium^LN||160|mmol/L|136-145|HH~A~very odd|||F")
            .path("interpretation");

    assertThat(flags.at("/0/coding/0/code").asText()).isEqualTo("HH");
    assertThat(flags.at("/1/coding/0/code").asText()).isEqualTo("A");
    assertThat(flags.at("/2/text").asText()).isEqualTo("very odd");
    assertThat(flags.at("/2").has("coding")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "3.5-5.1, 3.5, 5.1",
    "3.50 - 5.10, 3.50, 5.10",
    "<5, '', ''",
    ">=60, '', ''",
    "negative, '', ''",
    "M: 13-17, '', ''",
    "-5-5, '', ''"
  })
  void aReferenceRangeIsInWordsAndInNumbersWhereItIsPlain(String sent, String low, String high) {
    JsonNode range =
        observation("OBX|1|NM|2951-2^Sodium^LN||4|mmol/L|" + sent + "||||F")
            .at("/referenceRange/0");

    assertThat(range.path("text").asText()).isEqualTo(sent);
    assertThat(range.at("/low/value").asText()).isEqualTo(low.isEmpty() ? "" : number(low));
    assertThat(range.at("/high/value").asText()).isEqualTo(high.isEmpty() ? "" : number(high));
  }

  private static String number(String digits) {
    return String.valueOf(Double.parseDouble(digits)); // as the tree says it
  }

  @Test
  void aReferenceRangeOfSeveralPartsKeepsThemAll() {
    assertThat(
            observation("OBX|1|NM|718-7^Hb^LN||14|g/dL|M: 13-17~F: 12-15 & up||||F")
                .at("/referenceRange/0/text")
                .asText())
        .isEqualTo("M: 13-17\nF: 12-15 & up");
  }

  @Test
  void notesBelongToWhatTheyStandBelow() {
    var read =
        read(
            message(
                HEADER,
                PATIENT,
                ORDER,
                "NTE|1||about the order",
                SODIUM,
                "NTE|1||about sodium~second line & more",
                "NTE|2||10^9 cells",
                SODIUM,
                ORDER,
                SODIUM));

    List<JsonNode> reports = all(read, "DiagnosticReport");
    assertThat(reports.get(0).path("conclusion").asText()).isEqualTo("about the order");
    assertThat(reports.get(1).has("conclusion")).isFalse();
    List<JsonNode> observations = all(read, "Observation");
    assertThat(observations.get(0).path("note").findValuesAsText("text"))
        .containsExactly("about sodium\nsecond line & more", "10^9 cells");
    assertThat(observations.get(1).has("note")).isFalse();
    assertThat(observations.get(2).has("note")).isFalse();
  }

  @Test
  void aNoteAboutOnePatientIsNeverInTheReportOfTheNext() {
    var read =
        read(
            message(
                HEADER,
                PATIENT,
                "NTE|1||about the first",
                PATIENT.replace("p-1001", "p-1002"),
                ORDER,
                SODIUM));

    assertThat(all(read, "DiagnosticReport").toString()).doesNotContain("about the first");
  }

  @Test
  void aPatientWithoutAnIdentifierDoesNotTakeOverTheOneBefore() {
    var read = read(message(HEADER, PATIENT, ORDER, SODIUM, "PID|2||||Roe^Max", ORDER, SODIUM));

    List<JsonNode> observations = all(read, "Observation");
    assertThat(observations.get(0).at("/subject/reference").asText()).isEqualTo("Patient/p-1001");
    assertThat(observations.get(1).has("subject")).isFalse();
  }

  @Test
  void aReportNamesItsResultsAndOnlyThem() {
    var read = read(message(HEADER, PATIENT, ORDER, SODIUM, SODIUM, ORDER, SODIUM));

    List<String> ids =
        all(read, "Observation").stream().map(o -> "Observation/" + o.path("id").asText()).toList();
    List<JsonNode> reports = all(read, "DiagnosticReport");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(reports.get(0).path("result").findValuesAsText("reference"))
        .isEqualTo(ids.subList(0, 2));
    assertThat(reports.get(1).path("result").findValuesAsText("reference"))
        .isEqualTo(ids.subList(2, 3));
    assertThat(reports.get(0).path("identifier").findValuesAsText("value"))
        .containsExactly("P1", "F1");
    assertThat(reports.get(0).path("issued").asText()).isEqualTo("2026-10-01T11:30:00+02:00");
  }

  @Test
  void resultsWithoutAnOrderOrAPatientAreResults() {
    assertThat(observations(message(HEADER, SODIUM, SODIUM))).hasSize(2);
  }

  @Test
  void aResultsOwnTimeCountsBeforeItsOrders() {
    String timed = SODIUM + "|||20261001093000";

    assertThat(observation(timed).path("effectiveDateTime").asText())
        .isEqualTo("2026-10-01T09:30:00+02:00");
    assertThat(observation(SODIUM).path("effectiveDateTime").asText())
        .isEqualTo("2026-10-01T08:00:00+02:00");
  }

  @Test
  void anOrderWithAnEndWasAPeriod() {
    JsonNode observation =
        observations(results(SODIUM).replace("080000+0200|", "080000+0200|20261002080000+0200"))
            .getFirst();

    assertThat(observation.at("/effectivePeriod/start").asText()).startsWith("2026-10-01");
    assertThat(observation.at("/effectivePeriod/end").asText()).startsWith("2026-10-02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"20261001250000", "yesterday", "20261301", "20261001093000+9900"})
  void aTimeThatCannotBeReadStandsInANote(String sent) {
    assertThat(observation(SODIUM + "|||" + sent).path("note").toString()).contains(sent);
  }

  @Test
  void aTimeInTheOrderThatIsNoneDoesNotLoseTheMessage() {
    for (String time : List.of("00000000", "0000", "99999999999999", "20261001120000+1800", "x")) {
      var read =
          read(results(SODIUM).replace("20261001113000+0200", time).replace("19800203", time));

      assertThat(read.isWhole()).as(time).isTrue();
      assertThat(read.results()).as(time).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PID|1||p-1^^^HOSP&1.2.3&ISO^MR~X9^^^OTHER^PI, 'p-1,X9'",
    "PID|1|p-2|, p-2",
    "PID|1||^^^HOSP^MR|p-4, p-4",
    "PID|1|||p-3, p-3"
  })
  void everyIdentifierOfThePatientIsKept(String pid, String ids) {
    JsonNode patient = all(read(message(HEADER, pid)), "Patient").getFirst();

    assertThat(String.join(",", patient.path("identifier").findValuesAsText("value")))
        .isEqualTo(ids);
    assertThat(patient.path("id").asText()).isEqualTo(ids.replaceFirst(",.*", ""));
  }

  @Test
  void anIdentifierThatCannotBeAFhirIdIsStillAnIdentifier() {
    JsonNode patient = all(read(message(HEADER, "PID|1||12/34 A^^^HOSP^MR")), "Patient").getFirst();

    assertThat(patient.at("/identifier/0/value").asText()).isEqualTo("12/34 A");
    assertThat(patient.path("id").asText()).matches("[0-9a-f-]{36}");
  }

  @Test
  void performerMethodAndSubIdAreKept() {
    JsonNode observation =
        observation("OBX|1|NM|718-7^Hb^LN|1.2|14|g/dL|||||F||||01D^City Lab||PHOT^Photometry^L");

    assertThat(observation.at("/identifier/0/value").asText()).isEqualTo("1.2");
    assertThat(observation.at("/performer/0/display").asText()).isEqualTo("City Lab");
    assertThat(observation.at("/method/coding/0/code").asText()).isEqualTo("PHOT");
  }
}
