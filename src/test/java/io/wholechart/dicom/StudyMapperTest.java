package io.wholechart.dicom;

import static io.wholechart.dicom.Qido.WHOLE;
import static io.wholechart.dicom.Qido.attribute;
import static io.wholechart.dicom.Qido.only;
import static io.wholechart.dicom.Qido.studies;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.PersonName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyMapperTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Ellison^Margaret^Anne^^Dr | 19510314 | F | Ellison | Margaret Anne | 1951-03-14 | female",
        "ELLISON^MARGARET=IDEO=PHON | 1951.03.14 | M | ELLISON | MARGARET | 1951-03-14 | male",
        "Ellison | 19513314 | O | Ellison | - | - | other",
        "^Margaret | - | X | - | Margaret | - | -"
      })
  void whatTheArchiveSaysOfThePatientIsKeptToBeCompared(
      String name,
      String birthDate,
      String sex,
      String family,
      String given,
      String date,
      String gender) {
    var read =
        (QidoReading.Read)
            Qido.read(
                studies(
                    attribute("00100010", name)
                        + attribute("00100030", birthDate)
                        + attribute("00100040", sex)));
    assertThat(read.studies().getFirst().facts().described())
        .containsExactly(
            new Demographics(
                List.of(), List.of(new PersonName(family, given, false)), date, gender));
  }

  @Test
  void whereTheArchiveSaysNothingOfThePatientNothingIs() {
    var read = (QidoReading.Read) Qido.read(studies(attribute("00100010", "^^^")));
    assertThat(read.studies().getFirst().facts().described()).isEmpty();
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
}
