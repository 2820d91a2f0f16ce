package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is normal, in words always and in numbers where they are plain. */
class RangesTest {
  @ParameterizedTest
  @CsvSource({"3.5-5.1, 3.5, 5.1", "3.5 - 5.1, 3.5, 5.1", "0-10, 0, 10", "4.5-5, 4.5, 5"})
  void aPlainRangeIsInNumbers(String sent, String low, String high) {
    JsonNode range = range(sent);

    assertThat(range.path("text").asText()).isEqualTo(sent);
    assertThat(range.path("low").path("value").decimalValue()).isEqualTo(low);
    assertThat(range.path("high").path("value").decimalValue()).isEqualTo(high);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<5", "-5", "5-", "-1-2", "5.-6", ".5-1", "1-2-3", "negative", "1.2.3-4"})
  void anyOtherIsOnlyInWords(String sent) {
    JsonNode range = range(sent);

    assertThat(range.path("text").asText()).isEqualTo(sent);
    assertThat(range.has("low")).isFalse();
    assertThat(range.has("high")).isFalse();
  }

  private static JsonNode range(String sent) {
    return Er7.observation("OBX|1|NM|2823-3^Potassium^LN||4.1|mmol/L|" + sent + "||||F")
        .path("referenceRange")
        .path(0);
  }
}
