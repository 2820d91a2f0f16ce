package io.wholechart.consent;

import static io.wholechart.Charts.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Label;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which labels are found, wherever and however they are written. */
class LabelsTest {
  @Test
  void eachLabelIsFound() {
    for (Label label : Label.values()) {
      assertThat(entry("ehr", labelled("{\"code\":\"" + label.code() + "\"}")).facts().labels())
          .containsExactly(label);
    }
  }

  @Test
  void aResourceWithoutLabelsHasNone() {
    assertThat(entry("ehr", "{\"resourceType\":\"Condition\"}").facts().labels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"N", "L", "M", "U", "RV", "", "42CFRPart", "HIV"})
  void otherCodesAreNone(String code) {
    assertThat(entry("ehr", labelled("{\"code\":\"" + code + "\"}")).facts().labels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meta\":{\"security\":[{\"code\":\"N\"},{\"code\":\"R\"}]},\"resourceType\":\"Condition\"}",
        "{\"resourceType\":\"Condition\",\"meta\":{\"security\":{\"code\":\"R\"}}}",
        "{\"resourceType\":\"Condition\",\"meta\":{\"security\":[{\"system\":\"x\",\"code\":\"r\"}]}}",
        "{\"meta\":{\"security\":[{\"code\":\"R\"}]},\"meta\":{},\"resourceType\":\"Condition\"}",
        "{\"meta\":{\"security\":[{\"code\":\"\\u0052\"}],\"tag\":[]},\"resourceType\":\"Condition\"}",
        "{\"resourceType\":\"Condition\",\"contained\":[{\"resourceType\":\"Basic\","
            + "\"meta\":{\"security\":[{\"code\":\"R\"}]}}]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Basic\","
            + "\"meta\":{\"security\":[{\"code\":\"R\"}]}}}]}"
      })
  void itIsFoundWhereverItStands(String json) {
    assertThat(entry("ehr", json).facts().labels()).containsExactly(Label.RESTRICTED);
  }

  @Test
  void severalAreAllFound() {
    String codings =
        String.join(
            ",",
            Arrays.stream(Label.values()).map(l -> "{\"code\":\"" + l.code() + "\"}").toList());
    assertThat(entry("ehr", labelled(codings)).facts().labels()).containsOnly(Label.values());
  }

  private static String labelled(String codings) {
    return "{\"resourceType\":\"Condition\",\"meta\":{\"security\":[" + codings + "]}}";
  }
}
