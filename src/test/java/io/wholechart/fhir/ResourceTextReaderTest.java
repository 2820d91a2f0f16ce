package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.ResourceBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTextReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"text":"own words","coding":[{"display":"name","code":"1"}]} | own words
          {"coding":[{"code":"1"},{"display":"name","code":"2"}]}       | name
          {"coding":[{"system":"s","code":"1"},{"code":"2"}]}           | 1
          {"coding":[{"display":"  "}],"text":""}                       |
          """)
  void aConceptReadsAsItsWordsElseItsNameElseItsCode(String concept, String words) {
    assertThat(read("Condition", "{'code':" + concept + "}").what().orElse(null)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'valueQuantity':{'comparator':'<','value':5.10,'unit':'mmol/L','code':'x'} | < 5.10 mmol/L
          'valueQuantity':{'value':1e3,'code':'10*3/uL'}                | 1e3 10*3/uL
          'valueQuantity':{}                                            |
          'valueCodeableConcept':{'text':'positive'}                    | positive
          'valueString':'cloudy'                                        | cloudy
          'valueInteger':0                                              | 0
          'valueBoolean':false                                          | false
          'valueRange':{'low':{'value':1},'high':{'value':2,'unit':'g'}} | 1 - 2 g
          'valueRatio':{'numerator':{'value':1},'denominator':{'value':128}} | 1 : 128
          'valuePeriod':{'start':'2020','end':'2021'}                   | 2020 - 2021
          'valueDateTime':'2020-01'                                     | 2020-01
          'valueSampledData':{'data':'1 2 3'}                           | a curve, not shown
          'dataAbsentReason':{'text':'clotted'}                         | no value: clotted
          'valueString':['a list']                                      |
          """)
  void aValueReadsWithTheDigitsThatWereSent(String field, String words) {
    var details = read("Observation", "{'code':{'text':'t'}," + field + "}").details();
    if (words == null) {
      assertThat(details).isEmpty();
    } else {
      assertThat(details).containsExactly(words);
    }
  }

  @Test
  void thePartsOfAValueReadWithTheirNames() {
    String pressure =
        "{'component':[{'code':{'text':'systolic'},'valueQuantity':{'value':120,'unit':'mmHg'}},"
            + "{'code':{'text':'diastolic'},'dataAbsentReason':{'text':'not heard'}}]}";
    assertThat(read("Observation", pressure).details())
        .containsExactly("systolic 120 mmHg", "diastolic not heard");
  }

  @Test
  void whatMustNotBeGivenSaysSoFirst() {
    String request =
        "{'intent':'plan','dosageInstruction':[{'text':'2 a day'}],'doNotPerform':true,"
            + "'medicationCodeableConcept':{'text':'warfarin'}}";
    var text = read("MedicationRequest", request);
    assertThat(text.what()).contains("warfarin");
    assertThat(text.details()).containsExactly("NOT to be given", "plan", "2 a day");
    assertThat(read("MedicationRequest", "{'intent':'original-order'}").details()).isEmpty();
  }

  @Test
  void aReactionReadsWithItsSeverity() {
    String allergy =
        "{'criticality':'high','reaction':[{'manifestation':[{'text':'hives'},{'text':'wheeze'}],"
            + "'severity':'severe'}]}";
    assertThat(read("AllergyIntolerance", allergy).details())
        .containsExactly("criticality high", "hives", "wheeze", "severe");
  }

  @Test
  void aDrugIsLookedForWhereItIsReferredTo() {
    String contained =
        "{'medicationReference':{'reference':'#m'},"
            + "'contained':[{'resourceType':'Medication','id':'m','code':{'text':'digoxin'}}]}";
    assertThat(read("MedicationRequest", contained).what()).contains("digoxin");
    var elsewhere =
        read("MedicationRequest", "{'medicationReference':{'reference':'Medication/1'}}");
    assertThat(elsewhere.what()).isEmpty();
    assertThat(elsewhere.medication()).contains("Medication/1");
  }

  @Test
  void anInstrumentIsNotWhatAnObservationIsAbout() {
    String json = "{'device':{'display':'analyzer 7'},'code':{'text':'sodium'}}";
    assertThat(read("Observation", json).what()).contains("sodium");
    assertThat(read("DeviceUseStatement", "{'device':{'display':'pacemaker'}}").what())
        .contains("pacemaker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'code':[],'reaction':{},'component':'x','contained':7,'dosage':null,'valueQuantity':[1]}
          {'code':{'coding':{'display':{}}},'interpretation':[[]],'modality':{'code':[]}}
          """)
  void whatHasAnotherShapeThanItShouldSaysNothing(String json) {
    var text = read("Observation", json);
    assertThat(text.what()).isEmpty();
    assertThat(text.details()).isEmpty();
  }

  private static ResourceText read(String type, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return ResourceTextReader.read(type, new ResourceBytes(bytes, 0, bytes.length));
  }
}
