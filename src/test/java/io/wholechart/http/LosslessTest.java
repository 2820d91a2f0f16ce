package io.wholechart.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Seed;
import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.OddBundle;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a FHIR source sent is in the answer to the byte, in whatever spelling, and once. */
class LosslessTest {
  @Test
  void everyGeneratedResourceIsInTheAnswerByteForByte() throws Exception {
    int compared = 0;
    for (int round = 0; round < 600; round++) {
      var random = Seed.random(round);
      List<String> sent = new ArrayList<>();
      Map<String, List<Resource>> resources = new LinkedHashMap<>();
      for (String source : List.of("ehr", "pharmacy", "gp")) {
        OddBundle odd = OddBundle.random(random);
        resources.put(source, ((FhirPayload.Bundle) PayloadReader.read(odd.body())).resources());
        odd.texts().forEach(sent::add);
      }
      byte[] answer = WrittenChart.of(resources);
      assertThat(ResourceSlices.of(answer))
          .as(Seed.describe(round))
          .containsExactlyInAnyOrderElementsOf(sent);
      compared += sent.size();
    }
    assertThat(compared).isGreaterThan(3000);
  }

  /** Numbers keep their digits, and a conflict does not change what it points to. */
  @Test
  void aConflictLeavesItsEntriesAsTheyCameAndPointsToThem() throws Exception {
    String result =
        """
        {"resourceType":"Observation","issued":"2026-01-02T08:00:00Z","_status" :{"id":"x"},
          "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},"valueQuantity":{"value":%s,"unit":"mmol/L"}}\
        """;
    String ehr = result.formatted("5.10");
    String lab = result.formatted("6.100");
    byte[] answer = WrittenChart.of(Map.of("ehr", List.of(read(ehr)), "lab", List.of(read(lab))));

    assertThat(ResourceSlices.of(answer)).containsExactlyInAnyOrder(ehr, lab);
    JsonNode tree = new ObjectMapper().readTree(answer);
    JsonNode conflict = tree.at("/conflicts/0");
    assertThat(conflict.path("section").textValue()).isEqualTo("results");
    assertThat(conflict.path("kind").textValue()).isEqualTo("different-value");
    assertThat(conflict.path("element").textValue()).isEqualTo("value");
    assertThat(conflict.path("values")).hasSize(2);
    for (JsonNode claim : conflict.path("values")) {
      JsonNode entry = tree.at(claim.at("/entries/0").textValue());
      assertThat(entry.path("sources")).isEqualTo(claim.path("sources"));
      assertThat(claim.path("value").textValue())
          .isEqualTo(
              claim.at("/sources/0").textValue().equals("ehr") ? "5.10 mmol/L" : "6.100 mmol/L");
    }
  }

  private static Resource read(String json) throws InterruptedException {
    return ((FhirPayload.Single) PayloadReader.read(json.getBytes(UTF_8))).resource();
  }
}
