package io.wholechart.hl7v2;

import static io.wholechart.hl7v2.Er7.all;
import static io.wholechart.hl7v2.Er7.observation;
import static io.wholechart.hl7v2.Er7.read;
import static io.wholechart.hl7v2.Er7.results;
import static io.wholechart.hl7v2.Er7.valued;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultValueTest {
  @ParameterizedTest
  @CsvSource({
    "5.10, 5.10",
    "140, 140",
    "-3, -3",
    "+3, 3",
    "0.0, 0.0",
    ".5, 0.5",
    "<5, 5",
    ">= 100, 100",
    "123456789012345678, 123456789012345678"
  })
  void aNumberKeepsItsDigits(String sent, String digits) {
    String json = valued("NM", sent).toString();

    assertThat(read(results("OBX|1|NM|2823-3^Potassium^LN||" + sent + "|mmol/L|||||F")).resources())
        .anySatisfy(r -> assertThat(r.bytes().json()).contains("\"value\":" + digits + ","));
    assertThat(json).contains("\"valueQuantity\"");
  }

  @ParameterizedTest
  @CsvSource({"<5, <", ">5, >", "<=5, <=", ">=5, >=", "< 5, <"})
  void aComparatorIsNotPartOfTheNumber(String sent, String comparator) {
    assertThat(valued("NM", sent).at("/valueQuantity/comparator").asText()).isEqualTo(comparator);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5,10",
        "12 pending",
        "1E300",
        "1e999",
        "1-2",
        "++5",
        "5^6",
        "haemolysed",
        "0x10",
        "NaN"
      })
  void aNumberThatIsNoneStaysTheTextThatItIs(String sent) {
    JsonNode observation = valued("NM", sent);

    assertThat(observation.path("valueString").asText()).isEqualTo(sent);
    assertThat(observation.has("valueQuantity")).isFalse();
  }

  @Test
  void aStructuredNumberIsAQuantityARangeOrARatio() {
    assertThat(valued("SN", ">^100").at("/valueQuantity/comparator").asText()).isEqualTo(">");
    assertThat(valued("SN", "^7").at("/valueQuantity/value").asInt()).isEqualTo(7);
    assertThat(valued("SN", "=^7").at("/valueQuantity/value").asInt()).isEqualTo(7);
    assertThat(valued("SN", "^10^-^20").at("/valueRange/low/value").asInt()).isEqualTo(10);
    assertThat(valued("SN", "^10^-^20").at("/valueRange/high/value").asInt()).isEqualTo(20);
    assertThat(valued("SN", "^1^:^128").at("/valueRatio/denominator/value").asInt()).isEqualTo(128);
    assertThat(valued("SN", "^1^/^2").at("/valueRatio/numerator/value").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "^2^+, 2 +",
    "<>^5, <> 5",
    ">^5^-^10, > 5 - 10",
    "^abc, abc",
    "5, 5",
    "^5^*^10, 5 * 10",
    "^1^:, 1 :"
  })
  void aStructuredNumberThatIsNoneIsReadAloud(String sent, String text) {
    assertThat(valued("SN", sent).path("valueString").asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "TX, No growth, No growth",
    "ST, E. coli & Klebsiella, E. coli & Klebsiella",
    "ST, 2.5x10^9, 2.5x10^9",
    "TX, a^^b, a^^b",
    "FT, \\.br\\one\\.br\\two\\.sp+1\\three, 'one\ntwo\nthree'",
    "FT, one\\.BR\\two, 'one\ntwo'",
    "FT, \\H\\high\\N\\ and low, high and low",
    "ST, \\F\\ \\S\\ \\T\\ \\R\\ \\E\\, | ^ & ~ \\",
    "ST, one~two, 'one\ntwo'",
    "ST, 10\\S\\9/L, 10^9/L",
    "ST, one\\X0D\\two, 'one\ntwo'",
    "FT, one\\X0D0A\\\\X41\\two, 'one\nAtwo'",
    "FT, \\XE9\\ \\X4\\ \\Zlocal\\, \\XE9\\ \\X4\\ \\Zlocal\\"
  })
  void textIsAsItWasSent(String type, String sent, String text) {
    assertThat(valued(type, sent).path("valueString").asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "XX", "ZZZ"})
  void aTypeThatNobodyKnowsIsText(String type) {
    assertThat(valued(type, "something").path("valueString").asText()).isEqualTo("something");
  }

  @Test
  void everyComponentOfAnUnknownTypeIsReadAloud() {
    assertThat(valued("XTN", "1^2^3^4^5^6^7^8^9^10&11^12").path("valueString").asText())
        .isEqualTo("1 2 3 4 5 6 7 8 9 10&11 12");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CE", "CWE", "CNE"})
  void aCodedValueKeepsBothItsCodes(String type) {
    JsonNode value =
        valued(type, "260385009^Negative^SCT^NEG^neg & clear^L").path("valueCodeableConcept");

    assertThat(value.at("/coding/0/system").asText()).isEqualTo("http://snomed.info/sct");
    assertThat(value.at("/coding/0/code").asText()).isEqualTo("260385009");
    assertThat(value.at("/coding/1/code").asText()).isEqualTo("NEG");
    assertThat(value.at("/coding/1/display").asText()).isEqualTo("neg & clear");
    assertThat(value.at("/coding/1").has("system")).isFalse();
    assertThat(value.path("text").asText()).isEqualTo("Negative");
  }

  @Test
  void aCodedValueWithoutACodeIsItsWords() {
    assertThat(valued("CE", "^Positive").at("/valueCodeableConcept/text").asText())
        .isEqualTo("Positive");
    assertThat(
            valued("CWE", "^^^^^^^^as the sender wrote it")
                .at("/valueCodeableConcept/text")
                .asText())
        .isEqualTo("as the sender wrote it");
  }

  @Test
  void severalCodesAreTextSinceAnObservationHoldsOneValue() {
    assertThat(valued("CE", "A^Alpha~B^Beta").path("valueString").asText())
        .isEqualTo("A Alpha\nB Beta");
  }

  @ParameterizedTest
  @CsvSource({
    "DT, 20260203, 2026-02-03",
    "DT, 202602, 2026-02",
    "DT, 2026, 2026",
    "TS, 20260203112233.5-0500, 2026-02-03T11:22:33.5-05:00",
    "TS, 20260203112233-0500^S, 2026-02-03T11:22:33-05:00",
    "DTM, 202602031122, 2026-02-03T11:22:00+02:00",
    "DTM, 20260203, 2026-02-03"
  })
  void aTimeKeepsItsPrecisionAndItsZone(String type, String sent, String time) {
    assertThat(valued(type, sent).path("valueDateTime").asText()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20260230", "soon", "00000000", "20261301", "202602031122+02"})
  void aTimeThatIsNoneIsText(String sent) {
    assertThat(valued("TS", sent).path("valueString").asText()).isEqualTo(sent);
  }

  @Test
  void aTimeWithoutAnyZoneIsADayAndTheTimeAsSentStandsInANote() {
    JsonNode observation =
        Er7.observations(
                results("OBX|1|TS|1-8^Time^LN||20260203112233||||||F").replace("+0200", ""))
            .getFirst();

    assertThat(observation.path("valueDateTime").asText()).isEqualTo("2026-02-03");
    assertThat(observation.path("note").toString()).contains("20260203112233");
  }

  @ParameterizedTest
  @CsvSource({"1122, 11:22:00", "112233, 11:22:33", "112233.25, 11:22:33.25"})
  void aTimeOfDay(String sent, String time) {
    assertThat(valued("TM", sent).path("valueTime").asText()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1122+0500", "12345", "2460", "11", "noon", "112260"})
  void aTimeOfDayThatFhirCannotHoldIsText(String sent) {
    assertThat(valued("TM", sent).path("valueString").asText()).isEqualTo(sent);
  }

  @Test
  void aDocumentStandsInTheReportAsItWasSent() {
    var read =
        read(results("OBX|1|ED|11502-2^Report^LN||LAB^application^pdf^Base64^JVBERi0x||||||F"));

    assertThat(all(read, "DiagnosticReport").getFirst().path("presentedForm").toString())
        .isEqualTo("[{\"contentType\":\"application/pdf\",\"data\":\"JVBERi0x\"}]");
    JsonNode observation = all(read, "Observation").getFirst();
    assertThat(observation.at("/dataAbsentReason/coding/0/code").asText()).isEqualTo("unsupported");
    assertThat(observation.path("note").toString()).contains("presentedForm");
  }

  @Test
  void aDocumentWithoutAnOrderIsNotLost() {
    var read =
        read(
            Er7.message(
                Er7.HEADER, Er7.PATIENT, "OBX|1|ED|1-8^R^LN||LAB^image^png^Base64^iVBORw||||||F"));

    assertThat(all(read, "DiagnosticReport").getFirst().at("/presentedForm/0/data").asText())
        .startsWith("iVBORw");
  }

  @Test
  void aDocumentOfAnUnknownTypeIsBytes() {
    var read = read(results("OBX|1|ED|1-8^R^LN||LAB^x^y^Base64^JVBERi0x||||||F"));

    assertThat(all(read, "DiagnosticReport").getFirst().at("/presentedForm/0/contentType").asText())
        .isEqualTo("application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LAB^application^pdf^A^hello", "LAB^application^pdf^Base64^%%%"})
  void aDocumentThatIsNotBase64IsText(String sent) {
    assertThat(valued("ED", sent).path("valueString").asText()).isEqualTo(sent.replace('^', ' '));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NM", "SN", "ST", "TX", "FT", "CE", "CWE", "DT", "TM", "TS", "ED", ""})
  void noValueIsAbsentAndNotEmpty(String type) {
    assertThat(valued(type, "").at("/dataAbsentReason/coding/0/code").asText())
        .isEqualTo("unknown");
    assertThat(valued(type, "\"\"").has("dataAbsentReason")).isTrue();
  }

  @Test
  void anObxOfNothingButItsNameIsAResultOfWhichNothingIsKnown() {
    JsonNode observation = observation("OBX");

    assertThat(observation.at("/code/text").asText()).isEqualTo("not stated");
    assertThat(observation.path("status").asText()).isEqualTo("unknown");
  }
}
