package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Seed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyCharacterComesOutAsItWentIn() throws Exception {
    var json = new JsonBuffer(0);
    json.open(null).openList("all");
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        json.item(Character.toString(c));
      }
    }
    json.closeList().close();

    JsonNode all = JSON.readTree(json.toByteArray()).get("all");
    int at = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        assertThat(all.get(at++).textValue()).isEqualTo(Character.toString(c));
      }
    }
  }

  @Test
  void textsOfAnyLengthAreWhatJacksonWouldWrite() throws Exception {
    for (int round = 0; round < 500; round++) {
      RandomGenerator random = Seed.random(round);
      String text =
          random
              .ints(random.nextInt(20_000), 0, 0x2FFFF)
              .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
              .map(c -> c % 5 == 0 ? c : c % 128)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .append('x')
              .toString();

      var json = new JsonBuffer(0);
      json.open(null).text("a", text).text("b", text).close();

      String written = new String(json.toByteArray(), StandardCharsets.UTF_8);
      String quoted = JSON.writeValueAsString(text);
      assertThat(written.equals("{\"a\":" + quoted + ",\"b\":" + quoted + "}"))
          .as(Seed.describe(round))
          .isTrue();
    }
  }

  @Test
  void commasStandBetweenAndNowhereElse() {
    var json = new JsonBuffer(0);
    json.open(null).close();
    int first = json.size();
    json.open(null)
        .text("left out", null)
        .text("left out", "")
        .openList("a")
        .item("[")
        .item("{")
        .open(null)
        .close()
        .closeList()
        .open("b")
        .number("c", new BigDecimal("5.10"))
        .number("d", 7)
        .close()
        .close();

    String all = new String(json.toByteArray(), StandardCharsets.US_ASCII);
    assertThat(all.substring(0, first)).isEqualTo("{}");
    assertThat(all.substring(first))
        .isEqualTo("{\"a\":[\"[\",\"{\",{}],\"b\":{\"c\":5.10,\"d\":7}}");
  }

  @Test
  void anObjectThatWasTakenBackLeavesNothing() {
    var json = new JsonBuffer(0);
    json.open(null).text("a", "1").close();
    int whole = json.size();
    json.open(null).openList("b").item("2");

    json.truncate(whole);
    json.open(null).text("c", "3").close();

    assertThat(new String(json.toByteArray(), StandardCharsets.US_ASCII))
        .isEqualTo("{\"a\":\"1\"}{\"c\":\"3\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uD800b", "\uDC00\uD800", "\uDBFF"})
  void halfACharacterIsNotWritten(String text) {
    assertThatThrownBy(() -> new JsonBuffer(0).open(null).text("a", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("half of a character");
  }
}
