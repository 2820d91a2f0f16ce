package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Charts;
import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientAuthorTest {
  @Test
  void eachElementIsInTheWordsOfTheFirstSourceThatHasIt() throws Exception {
    JsonNode merged =
        merged(
            patient("ehr", "'name':[{'family':'Núñez'}],'birthDate':'1962-11-05'"),
            patient("lab", "'name':[{'family':'Nunez'}],'gender':'female','deceasedBoolean':false"),
            patient("pharmacy", "'deceasedDateTime':'2020','gender':'male'"));
    assertThat(merged.at("/id").textValue()).isEqualTo("p-9");
    assertThat(merged.at("/meta/source").textValue()).isEqualTo("urn:wholechart");
    assertThat(merged.at("/name").toString()).isEqualTo("[{\"family\":\"Núñez\"}]");
    assertThat(merged.at("/birthDate").textValue()).isEqualTo("1962-11-05");
    assertThat(merged.at("/gender").textValue()).isEqualTo("female");
    assertThat(merged.path("deceasedBoolean").booleanValue()).isFalse();
    assertThat(merged.has("deceasedDateTime")).as("two of one choice").isFalse();
  }

  @Test
  void theIdentifiersAndTheLabelsOfAllAreThereOnce() throws Exception {
    JsonNode merged =
        merged(
            patient("ehr", "'identifier':[{'system':'urn:a','value':'1'}]"),
            patient(
                "lab",
                "'meta':{'security':[{'code':'R'}],'profile':['x']},"
                    + "'identifier':[{'system':'urn:a','value':'1'},{'system':'urn:b','value':'1'}]"));
    assertThat(merged.at("/identifier").toString())
        .isEqualTo(
            "[{\"system\":\"urn:a\",\"value\":\"1\"},{\"system\":\"urn:b\",\"value\":\"1\"},"
                + "{\"system\":\"urn:wholechart:patient\",\"value\":\"p-9\"}]");
    assertThat(merged.at("/meta").toString())
        .isEqualTo("{\"source\":\"urn:wholechart\",\"security\":[{\"code\":\"R\"}]}");
  }

  @Test
  void whatSourcesDisagreeOnIsFlaggedWithWhoSaysIt() throws Exception {
    JsonNode merged =
        merged(
            patient(
                "ehr", "'birthDate':'1962-11-05','extension':[{'url':'urn:x','valueCode':'y'}]"),
            patient("pharmacy", "'birthDate':'1962-05-11'"));
    assertThat(merged.at("/extension/0/url").textValue()).isEqualTo("urn:x");
    JsonNode flag = merged.at("/extension/1");
    assertThat(flag.path("url").textValue()).isEqualTo(PatientAuthor.CONFLICT);
    assertThat(flag.toString())
        .contains("birthDate", "1962-11-05", "urn:wholechart:source:ehr")
        .contains("1962-05-11", "urn:wholechart:source:pharmacy");
  }

  @Test
  void itLeadsToThePatientsOfTheSources() throws Exception {
    JsonNode merged = merged(patient("ehr", "'active':true"), patient("lab", "'active':true"));
    assertThat(merged.at("/link").findValuesAsText("reference"))
        .containsExactly("Patient/ehr.1", "Patient/lab.1");
    assertThat(merged.at("/link").findValuesAsText("type")).containsOnly("seealso");
    assertThat(merged.at("/link").findValuesAsText("display")).containsExactly("ehr", "lab");
  }

  @Test
  void whatEverybodyHasAndNobodySaysIsAbsentForAReason() throws Exception {
    JsonNode merged = merged();
    assertThat(merged.at("/name/0/_family/extension/0/valueCode").textValue()).isEqualTo("unknown");
    assertThat(merged.at("/_birthDate/extension/0/valueCode").textValue()).isEqualTo("unknown");
    JsonNode said = merged(patient("ehr", "'_birthDate':{'id':'a'},'name':[{'text':'x'}]"));
    assertThat(said.at("/_birthDate/id").textValue()).isEqualTo("a");
    assertThat(said.at("/name")).hasSize(1);
  }

  @Test
  void theNarrativeOfOneIsNotTheNarrativeOfAll() throws Exception {
    JsonNode merged = merged(patient("ehr", "'text':{'status':'generated','div':'<div>x</div>'}"));
    assertThat(merged.has("text")).isFalse();
  }

  private static Entry patient(String source, String elements) {
    String json = "{'resourceType':'Patient','id':'1'," + elements + "}";
    return Charts.entry(source, json.replace('\'', '"'));
  }

  @Test
  void anOddNameOrHalfACharacterDoesNotSpoilTheRest() throws Exception {
    JsonNode merged =
        merged(
            patient("ehr", "'a\\u0022b':1,'gender':'\\ud800','active':true"),
            patient("lab", "'gender':'female'"));
    assertThat(merged.path("active").booleanValue()).isTrue();
    assertThat(merged.toString()).contains("?").doesNotContain("\\\"b");
  }

  @Test
  void whatIsCopiedKeepsItsDigits() {
    var ehr = patient("ehr", "'extension':[{'url':'urn:x','valueDecimal':1.50}],'address':[{ }]");
    assertThat(json(List.of(ehr))).contains("\"valueDecimal\":1.50}", "[{ }]");
  }

  private static JsonNode merged(Entry... patients) throws Exception {
    return new ObjectMapper().readTree(json(List.of(patients)));
  }

  private static String json(List<Entry> all) {
    var conflicts = Merge.merge(all).conflictsIn(Section.PATIENT);
    var names = AnswerNames.of(all);
    return PatientAuthor.merged("p-9", all, conflicts, names, "unknown", true).json();
  }
}
