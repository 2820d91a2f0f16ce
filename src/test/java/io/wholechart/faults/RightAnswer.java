package io.wholechart.faults;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a healthy source says of a patient: made once, and for each patient a copy with the number
 * put in. A million answers must not cost more here than in the service that is tried.
 */
final class RightAnswer {
  /** Stands where the patient's number goes, which is as long. */
  private static final String NOBODY = Integer.toString(PatientMark.FIRST);

  private static final Map<String, RightAnswer> ALL =
      Map.of(
          "ehr",
          fhir(
              """
              {"resourceType":"Patient","id":"@","identifier":[{"value":"@"}],\
              "name":[{"family":"Family @","given":["remark @"]}],"birthDate":"1970-01-01"}\
              """,
              """
              {"resourceType":"AllergyIntolerance","id":"alg-@","code":{"text":"allergy @ remark"},\
              "patient":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"Condition","id":"con-@","code":{"text":"condition @"},\
              "subject":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"MedicationStatement","id":"med-@","status":"active",\
              "medicationCodeableConcept":{"text":"drug @"},"subject":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"Observation","id":"obs-@","status":"final","code":{"text":"vital @"},\
              "valueString":"value @","subject":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"Encounter","id":"enc-@","status":"finished",\
              "subject":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"Immunization","id":"imm-@","status":"completed",\
              "vaccineCode":{"text":"vaccine @"},"patient":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"Procedure","id":"pro-@","status":"completed",\
              "code":{"text":"procedure @"},"subject":{"reference":"Patient/@"}}\
              """,
              """
              {"resourceType":"DocumentReference","id":"doc-@","status":"current",\
              "description":"letter @","subject":{"reference":"Patient/@"}}\
              """),
          "lab",
          new RightAnswer(
              "application/hl7-v2; charset=utf-8",
              """
              MSH|^~\\&|LAB|H|W|H|20261017045400+0000||ORU^R01^ORU_R01|@|P|2.5.1||||||UNICODE UTF-8
              PID|1||@^^^H^PI||Family @^remark @||19700101|F
              OBR|1|@|@|T-@^Panel @^L|||20261017042600+0000
              OBX|1|ST|C-@^Result @^L||value @ remark||||||F|||20261017042600+0000
              """
                  .replace('\n', '\r')),
          "imaging",
          new RightAnswer(
              "application/dicom+json",
              """
              [{"00080020":{"vr":"DA","Value":["20261014"]},"00080050":{"vr":"SH","Value":["@"]},\
              "00081030":{"vr":"LO","Value":["Study @ remark"]},\
              "00100010":{"vr":"PN","Value":[{"Alphabetic":"Family @^remark @"}]},\
              "00100020":{"vr":"LO","Value":["@"]},"00100030":{"vr":"DA","Value":["19700101"]},\
              "0020000D":{"vr":"UI","Value":["%s"]}}]\
              """
                  .formatted(PatientMark.UID_ROOT + NOBODY)),
          "Patient",
          fhir(
              """
              {"resourceType":"Patient","id":"@","identifier":[{"value":"@"}],\
              "name":[{"family":"Family @","given":["remark @"]}],"birthDate":"1970-01-01"}\
              """),
          "MedicationDispense",
          fhir(
              """
              {"resourceType":"MedicationDispense","id":"dis-@","status":"completed",\
              "medicationCodeableConcept":{"text":"dispensed @ remark"},\
              "subject":{"reference":"Patient/@"}}\
              """),
          "MedicationRequest",
          fhir(
              """
              {"resourceType":"MedicationRequest","id":"req-@","status":"active","intent":"order",\
              "medicationCodeableConcept":{"text":"ordered @ remark"},\
              "subject":{"reference":"Patient/@"}}\
              """));

  private final String contentType;
  private final String text;
  private final byte[] http;
  private final int[] numbersAt;

  private RightAnswer(String contentType, String pattern) {
    this.contentType = contentType;
    this.text = pattern.replace("@", PatientMark.SIGN + NOBODY);
    this.http =
        """
        HTTP/1.1 200 OK\r
        Content-Type: %s\r
        Content-Length: %d\r
        \r
        %s\
        """
            .formatted(contentType, text.length(), text)
            .getBytes(StandardCharsets.US_ASCII);
    this.numbersAt = numbers(new String(http, StandardCharsets.US_ASCII));
  }

  /**
   * What is asked for: a source by its name, and of a source that is asked for types a type.
   *
   * @param what {@code ehr}, {@code lab}, {@code imaging}, or a type that the pharmacy holds
   */
  static RightAnswer to(String what) {
    return Objects.requireNonNull(ALL.get(what), what);
  }

  /** The whole answer, head and body. */
  byte[] http(PatientMark patient) {
    byte[] answer = Arrays.copyOf(http, http.length);
    for (int at : numbersAt) {
      int rest = patient.number();
      for (int i = at + NOBODY.length() - 1; i >= at; i--) {
        answer[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
    return answer;
  }

  String body(PatientMark patient) {
    return text.replace(NOBODY, Integer.toString(patient.number()));
  }

  String contentType() {
    return contentType;
  }

  private static RightAnswer fhir(String... resources) {
    List<String> entries = new ArrayList<>();
    for (String resource : resources) {
      entries.add("{\"resource\":" + resource + ",\"search\":{\"mode\":\"match\"}}");
    }
    return new RightAnswer(
        "application/fhir+json",
        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":%d,\"entry\":[%s]}"
            .formatted(resources.length, String.join(",", entries)));
  }

  private static int[] numbers(String http) {
    List<Integer> found = new ArrayList<>();
    for (int at = http.indexOf(NOBODY); at >= 0; at = http.indexOf(NOBODY, at + 1)) {
      found.add(at);
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
