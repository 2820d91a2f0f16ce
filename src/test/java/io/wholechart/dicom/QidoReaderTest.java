package io.wholechart.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Seed;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QidoReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String WHOLE =
      """
      {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},
       "00080020":{"vr":"DA","Value":["20260203"]},
       "00080030":{"vr":"TM","Value":["112233.250000"]},
       "00080050":{"vr":"SH","Value":["ACC-77"]},
       "00080056":{"vr":"CS","Value":["ONLINE"]},
       "00080061":{"vr":"CS","Value":["CT","SR"]},
       "00080090":{"vr":"PN","Value":[{"Alphabetic":"Okoye^Chidi^^Dr"}]},
       "00080201":{"vr":"SH","Value":["+0100"]},
       "00081030":{"vr":"LO","Value":["CT Thorax"]},
       "00100020":{"vr":"LO","Value":["p-1001"]},
       "00100021":{"vr":"LO","Value":["HOSP"]},
       "0020000D":{"vr":"UI","Value":["1.2.840.99.1"]},
       "00201206":{"vr":"IS","Value":[3]},
       "00201208":{"vr":"IS","Value":["412"]}}
      """;

  @Test
  void aStudyIsAnImagingStudy() throws Exception {
    assertThat(only("[" + WHOLE + "]"))
        .isEqualTo(
            JSON.readTree(
                """
                {"resourceType":"ImagingStudy","id":"1.2.840.99.1",
                 "identifier":[{"system":"urn:dicom:uid","value":"urn:oid:1.2.840.99.1"},
                   {"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203",
                     "code":"ACSN"}]},"value":"ACC-77"}],
                 "status":"available",
                 "modality":[
                   {"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"},
                   {"system":"http://dicom.nema.org/resources/ontology/DCM","code":"SR"}],
                 "subject":{"identifier":{"value":"p-1001","assigner":{"display":"HOSP"}}},
                 "started":"2026-02-03T11:22:33.250000+01:00",
                 "referrer":{"display":"Okoye Chidi Dr"},
                 "numberOfSeries":3,"numberOfInstances":412,"description":"CT Thorax"}
                """));
  }

  @Test
  void aStudyOfNothingButItsUidIsAStudy() {
    JsonNode study = only(studies(""));

    assertThat(study.path("status").asText()).isEqualTo("unknown");
    assertThat(study.at("/subject/display").asText()).isEqualTo("not stated");
    assertThat(study.at("/subject").has("identifier")).isFalse();
    assertThat(study.has("started")).isFalse();
    assertThat(study.has("numberOfSeries")).isFalse();
  }

  @Test
  void anEmptyListIsAPositiveNothing() {
    assertThat(read(" [ ] ")).isEqualTo(new QidoReading.Read(List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "null",
        "7",
        "\"[]\"",
        "[",
        "[{}",
        "[{\"0020000D\":",
        "<html/>",
        "[]<html/>",
        "[][]",
        "[] trailing",
        "[{\"0020000D\":{\"Value\":[\"1.2.3\"]},}]"
      })
  void whatIsNoListOfDicomJsonIsUnreadableAndNeverEmpty(String body) {
    assertThat(read(body)).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void whatIsNestedWithoutEndIsUnreadable() {
    assertThat(read("[".repeat(100_000))).isInstanceOf(QidoReading.Unreadable.class);
    assertThat(read("[" + "9".repeat(100_000) + "]")).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void aBodyThatIsNotUtf8IsUnreadable() {
    byte[] body = "[{\"0020000D\":{\"Value\":[\"\u00E9\"]}}]".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(new QidoReader().read(body)).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void whatHasNoUsableUidIsCountedAndDoesNotLoseTheOthers() {
    String others =
        """
        {}, null, 7, "text", [], [1],
        {"0020000D":{"vr":"UI"}},
        {"0020000D":{"vr":"UI","Value":[]}},
        {"0020000D":{"vr":"UI","Value":[null]}},
        {"0020000D":{"vr":"UI","Value":[""]}},
        {"0020000D":{"vr":"UI","Value":[{"Alphabetic":"1.2.3"}]}},
        {"0020000D":{"vr":"UI","Value":["not a uid"]}},
        {"0020000D":{"vr":"UI","Value":["1.2.%s"]}},
        {"0020000D":"1.2.3"}
        """
            .formatted("3".repeat(62));
    var read = (QidoReading.Read) read("[" + WHOLE + "," + others + "," + WHOLE + "]");

    assertThat(read.studies()).hasSize(2);
    assertThat(read.unreadable()).isEqualTo(14);
  }

  @Test
  void aSecondPatientIdDoesNotHideBehindTheFirst() {
    assertThat(
            read(
                studies(
                    "\"00100020\":{\"Value\":[\"p-9\"]},\"00100020\":{\"Value\":[\"p-1001\"]},")))
        .isInstanceOf(QidoReading.Unreadable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "20260203 | | | 2026-02-03",
        "2026.02.03 | | | 2026-02-03",
        "20260203 | 11 | +0000 | 2026-02-03T11:00:00+00:00",
        "20260203 | 1122 | -0330 | 2026-02-03T11:22:00-03:30",
        "20260203 | 112233 | +1400 | 2026-02-03T11:22:33+14:00",
        "20260203 | 11:22:33 | +0100 | 2026-02-03T11:22:33+01:00",
        "20260203 | 11:22:33.5 | +0100 | 2026-02-03T11:22:33.5+01:00",
        "20260203 | 112233 | | 2026-02-03",
        "20260203 | 112233 | +9900 | 2026-02-03",
        "20260203 | 112233 | +1401 | 2026-02-03",
        "20260203 | 112233 | CET | 2026-02-03",
        "20260203 | 246060 | +0100 | 2026-02-03",
        "20260203 | noon | +0100 | 2026-02-03",
        "20260229 | 112233 | +0100 |",
        "20261301 | | |",
        "00000000 | | |",
        "00000101 | | |",
        "2026-02-03 | | |",
        "202602 | | |",
        "20260203-20260204 | | |",
        " | 112233 | +0100 |"
      })
  void theTimeOfAStudy(String date, String time, String offset, String started) {
    JsonNode study =
        only(
            studies(
                attribute("00080020", date)
                    + attribute("00080030", time)
                    + attribute("00080201", offset)));

    assertThat(study.path("started").asText(null)).isEqualTo(started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Alphabetic\":\"DOE^JANE\"} | DOE JANE",
        "{\"Alphabetic\":\"DOE^JANE^^^\"} | DOE JANE",
        "{\"Alphabetic\":\"^^^^\",\"Ideographic\":\"山田^太郎\"} | 山田 太郎",
        "{\"Phonetic\":\"やまだ^たろう\"} | やまだ たろう",
        "\"DOE^JANE\" | DOE JANE",
        "\"Yamada^Tarou=山田^太郎\" | Yamada Tarou",
        "\"=山田^太郎=\" | 山田 太郎",
        "{\"Alphabetic\":\"^^^^\"} |",
        "{\"Alphabetic\":null} |",
        "\"\" |",
        "{} |",
        "null |",
        "[\"x\"] |"
      })
  void thePersonWhoReferred(String name, String readable) {
    JsonNode study = only(studies("\"00080090\":{\"vr\":\"PN\",\"Value\":[" + name + "]},"));

    assertThat(study.at("/referrer/display").asText(null)).isEqualTo(readable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 3",
        "\"3\" | 3",
        "\" 3 \" | 3",
        "\"003\" | 3",
        "3.0 |",
        "-3 |",
        "\"many\" |",
        "null |",
        "99999999999999999999 |",
        "\"99999999999999999999\" |",
        "true |",
        "{} |"
      })
  void aCountIsAWholeNumberOrNotThere(String value, Integer count) {
    JsonNode study = only(studies("\"00201208\":{\"vr\":\"IS\",\"Value\":[" + value + "]},"));

    assertThat(study.path("numberOfInstances").isMissingNode()).isEqualTo(count == null);
    assertThat(study.path("numberOfInstances").asInt()).isEqualTo(count == null ? 0 : count);
  }

  @Test
  void anAttributeOfAnotherFormThanItsVrPromisesIsTakenAsItIsOrLeftOut() {
    JsonNode study =
        only(
            studies(
                """
                "00080020":{"vr":"UN","Value":[20260203]},
                "00080050":{"vr":"OB","InlineBinary":"QUJD"},
                "00081030":{"Value":"not a list"},
                "00100020":{"vr":"LO","Value":[90071992547409931]},
                "00080061":{"vr":"CS","Value":[null,"","MR",{"a":1},"two words"]},
                """));

    assertThat(study.path("started").asText()).isEqualTo("2026-02-03");
    assertThat(study.path("identifier")).hasSize(1);
    assertThat(study.has("description")).isFalse();
    assertThat(study.at("/subject/identifier/value").asText()).isEqualTo("90071992547409931");
    assertThat(study.path("modality").findValuesAsText("code")).containsExactly("MR");
  }

  @ParameterizedTest
  @CsvSource({
    "ONLINE, available",
    "NEARLINE, available",
    "OFFLINE, available",
    "UNAVAILABLE, unknown"
  })
  void whetherItCanBeHad(String availability, String status) {
    assertThat(only(studies(attribute("00080056", availability))).path("status").asText())
        .isEqualTo(status);
  }

  @Test
  void mutatedInputNeverThrowsAndEveryStudyCanBeReadAgain() {
    byte[] whole = ("[" + WHOLE + "," + WHOLE + "]").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3000; round++) {
      byte[] mutated = mutate(whole, Seed.random(round));

      assertThatCode(
              () -> {
                if (new QidoReader().read(mutated) instanceof QidoReading.Read read) {
                  for (Resource study : read.studies()) {
                    assertThat(PayloadReader.readResource(study.bytes())).isEqualTo(study);
                  }
                  assertThat(read.studies().size() + read.unreadable()).isPositive();
                }
              })
          .as("%s: %s", Seed.describe(round), new String(mutated, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aBodyThatWasCutIsUnreadableWhereverThatWas() {
    byte[] whole = ("[" + WHOLE.strip() + "]").getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertThat(new QidoReader().read(Arrays.copyOf(whole, length)))
          .as("cut at %d", length)
          .isInstanceOf(QidoReading.Unreadable.class);
    }
  }

  private static byte[] mutate(byte[] body, RandomGenerator random) {
    byte[] mutated = body.clone();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      mutated[at] =
          random.nextBoolean()
              ? (byte) "0123456789.+-\"^=: ".charAt(random.nextInt(18))
              : (byte) random.nextInt(256);
    }
    return mutated;
  }

  private static String studies(String attributes) {
    return "[{" + attributes + "\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}]";
  }

  private static String attribute(String tag, String value) {
    return value == null ? "" : "\"" + tag + "\":{\"Value\":[\"" + value + "\"]},";
  }

  private static QidoReading read(String body) {
    return new QidoReader().read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode only(String body) {
    var read = (QidoReading.Read) read(body);
    assertThat(read.studies()).hasSize(1);
    try {
      return JSON.readTree(read.studies().getFirst().bytes().json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an authored resource is no JSON", e);
    }
  }
}
