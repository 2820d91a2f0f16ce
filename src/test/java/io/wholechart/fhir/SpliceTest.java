package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in a resource of a FHIR answer in place of what its source wrote. */
class SpliceTest {

  @Test
  void theIdAndTheSourceAreNewAndNothingElseIs() throws Exception {
    assertThat(
            answered(
                """
                {"resourceType":"Observation", "id":"o-1",
                 "meta":{"versionId":"3"}, "valueQuantity":{"value":5.10, "_x": 1E+02}}\
                """))
        .isEqualTo(
            """
            {"resourceType":"Observation", "id":"ehr.o-1",
             "meta":{"source":"urn:wholechart:source:ehr","versionId":"3"}, "valueQuantity":{"value":5.10, "_x": 1E+02}}\
            """);
  }

  @Test
  void metaIsAddedWhereThereIsNone() throws Exception {
    assertThat(answered("{\"resourceType\":\"Basic\",\"id\":\"b\"}"))
        .isEqualTo(
            "{\"resourceType\":\"Basic\",\"id\":\"ehr.b\",\"meta\":{\"source\":\"urn:wholechart:source:ehr\"}}");
    assertThat(answered("{\"resourceType\":\"Basic\",\"meta\":{ },\"id\":\"b\"}"))
        .isEqualTo(
            "{\"resourceType\":\"Basic\",\"meta\":{\"source\":\"urn:wholechart:source:ehr\" },\"id\":\"ehr.b\"}");
  }

  @Test
  void whatTheSourceHadThereStandsBehindOurs() throws Exception {
    assertThat(
            answered("{\"resourceType\":\"Basic\",\"id\":\"b\",\"meta\":{\"source\":\"#kT W/é\"}}"))
        .contains("\"source\":\"urn:wholechart:source:ehr#%23kT%20W%2F%C3%A9\"");
  }

  @Test
  void aResourceWithoutAnIdGetsOneOfItsContent() throws Exception {
    String json = "{\"resourceType\":\"Basic\"}";

    assertThat(answered(json)).matches(".*,\"id\":\"ehr\\.\\.[a-z2-7]{30}\",\"meta\":\\{.*}}");
    assertThat(answered(json)).isEqualTo(answered(json));
  }

  @ParameterizedTest
  @CsvSource({
    "Patient/p-1, Patient/ehr.p-1",
    "Patient/p-1/_history/2, Patient/ehr.p-1/_history/2",
    "Device/not-in-the-answer, Device/ehr.not-in-the-answer",
    "http://ehr.example/fhir/Patient/p-1, Patient/ehr.p-1",
    "http://ehr.example/fhir/Patient/p-1/_history/2, Patient/ehr.p-1/_history/2",
    "http://ehr.example/fhir/Device/d, Device/ehr.d",
    "http://ehr.example/fhirx/Device/d, http://ehr.example/fhirx/Device/d",
    "http://elsewhere.example/fhir/Patient/p-1, http://elsewhere.example/fhir/Patient/p-1",
    "urn:uuid:0b6e1c8e-5a3e-4f5e-9d0e-000000000001, Basic/ehr.named",
    "urn:uuid:0b6e1c8e-5a3e-4f5e-9d0e-000000000002, urn:uuid:0b6e1c8e-5a3e-4f5e-9d0e-000000000002",
    "#contained, #contained",
    "Patient?identifier=1, Patient?identifier=1",
    "Patient/p-1?x=/y, Patient/p-1?x=/y",
    "Patient, Patient",
    "Patient/, Patient/",
    "Patient/p-1/more, Patient/p-1/more",
    "patient/p-1, patient/p-1",
  })
  void aReferenceSaysWhatItsTargetIsCalledInTheAnswer(String written, String expected)
      throws Exception {
    Entry referring =
        Splices.entry(
            "ehr",
            "{\"resourceType\":\"Basic\",\"id\":\"b\",\"subject\":{\"reference\":\"%s\"}}"
                .formatted(written));
    var names = AnswerNames.of(List.of(referring, patient(), named()));

    assertThat(Splice.of(referring, "ehr.b", names).json())
        .contains("\"subject\":{\"reference\":\"" + expected + "\"}");
  }

  @Test
  void anotherSourcesNamesAreNotOnesOwn() throws Exception {
    Entry lab =
        Splices.entry(
            "lab",
            "{\"resourceType\":\"Basic\",\"id\":\"b\",\"subject\":{\"reference\":\"urn:uuid:0b6e1c8e-5a3e-4f5e-9d0e-000000000001\"}}");
    var names = AnswerNames.of(List.of(lab, patient(), named()));

    assertThat(Splice.of(lab, "lab.b", names).json()).contains("\"urn:uuid:0b6e1c8e");
  }

  @Test
  void aBundleWithinTheChartKeepsItsReferences() throws Exception {
    String json =
        "{\"resourceType\":\"Parameters\",\"id\":\"b\",\"parameter\":[{\"valueReference\":{\"reference\":\"Patient/1\"}}]}";

    assertThat(answered(json)).contains("\"reference\":\"Patient/1\"");
  }

  @Test
  void theSameResourceTwiceIsOneAndTwoOfOneIdAreTwo() throws Exception {
    String one = "{\"resourceType\":\"Basic\",\"id\":\"b\"}";
    String other = "{\"resourceType\":\"Basic\",\"id\":\"b\",\"created\":\"2026\"}";
    List<Entry> entries = new ArrayList<>();
    for (String json :
        List.of(one, one, other, other, "{\"resourceType\":\"Flag\",\"id\":\"b\"}")) {
      entries.add(Splices.entry("ehr", json));
    }
    var names = AnswerNames.of(entries);

    assertThat(names.id(entries.get(0))).isEqualTo("ehr.b");
    assertThat(names.id(entries.get(1))).isNull();
    assertThat(names.id(entries.get(2))).startsWith("ehr..");
    assertThat(names.id(entries.get(3))).isNull();
    assertThat(names.id(entries.get(4))).as("another type").isEqualTo("ehr.b");
  }

  private static String answered(String json) throws InterruptedException {
    Entry entry = Splices.entry("ehr", json);
    var names = AnswerNames.of(List.of(entry));
    return Splice.of(entry, Objects.requireNonNull(names.id(entry)), names).json();
  }

  private static Entry patient() throws InterruptedException {
    Entry patient = Splices.entry("ehr", "{\"resourceType\":\"Patient\",\"id\":\"p-1\"}");
    return at(patient, "http://ehr.example/fhir/Patient/p-1");
  }

  private static Entry named() throws InterruptedException {
    Entry named = Splices.entry("ehr", "{\"resourceType\":\"Basic\",\"id\":\"named\"}");
    return at(named, "urn:uuid:0b6e1c8e-5a3e-4f5e-9d0e-000000000001");
  }

  private static Entry at(Entry entry, String fullUrl) {
    return new Entry(
        entry.source(), entry.bytes(), entry.facts().at(fullUrl), entry.asOf(), entry.identity());
  }
}
