package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.fhir.FhirPayload.Bundle;
import io.wholechart.fhir.FhirPayload.Problem;
import io.wholechart.fhir.FhirPayload.Unreadable;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what it is said to be. */
class UnreadablePayloadTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "  \r\n\t "})
  void nothingIsEmpty(String body) throws Exception {
    assertThat(read(body)).isEqualTo(new Unreadable(Problem.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>busy</html>",
        "{",
        "{\"resourceType\":\"Bundle\"}}",
        "{\"resourceType\":\"Bundle\"} {}",
        "{\"resourceType\":\"Bundle\",}",
        "{\"resourceType\":'Bundle'}",
        "{resourceType:\"Bundle\"}",
        "{\"resourceType\":\"Bundle\"/**/}",
        "{\"resourceType\":\"Bundle\",\"x\":NaN}",
        "{\"resourceType\":\"Bundle\",\"x\":01}",
        "{\"resourceType\":\"Bundle\",\"x\":\"\t\"}",
        "{\"resourceType\":\"Bundle\",\"x\":\"\\x\"}",
        "{\"resourceType\":\"Bundle\",\"x\":[1,]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{]}}",
        "{\"resourceType\":\"Bundle\"}\u0000"
      })
  void whatIsNotJsonIsSaidToBeNotJson(String body) throws Exception {
    assertThat(read(body)).isEqualTo(new Unreadable(Problem.NOT_JSON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "3",
        "\"Bundle\"",
        "{}",
        "{\"resourceType\":7}",
        "{\"resourceType\":\"\"}",
        "{\"resourceType\":{\"resourceType\":\"Bundle\"}}",
        "{\"type\":\"Bundle\",\"entry\":[]}"
      })
  void jsonWithoutATypeIsNoResource(String body) throws Exception {
    assertThat(read(body)).isEqualTo(new Unreadable(Problem.NOT_A_RESOURCE));
  }

  @Test
  void otherEncodingsAreNotRead() throws Exception {
    String body = "{\"resourceType\":\"Bundle\",\"id\":\"Zoë\"}";
    for (Charset charset :
        List.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("ISO-8859-1"))) {
      assertThat(PayloadReader.read(body.getBytes(charset)))
          .as(charset.name())
          .isEqualTo(new Unreadable(Problem.NOT_UTF8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C080",
        "C1BF",
        "E08080",
        "EDA080",
        "F0808080",
        "F4908080",
        "F8888080",
        "FF",
        "80",
        "C3",
        "E282"
      })
  void bytesThatAreNoUtf8DoNotGetIntoAnAnswer(String hex) throws Exception {
    byte[] body =
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Basic\",\"x\":\"....\"}}]}"
            .getBytes(UTF_8);
    byte[] bad = HexFormat.of().parseHex(hex);
    System.arraycopy(bad, 0, body, new String(body, UTF_8).indexOf("...."), bad.length);
    assertThat(PayloadReader.read(body)).isEqualTo(new Unreadable(Problem.NOT_UTF8));
  }

  @Test
  void nestingHasALimitAndNoStackOverflow() throws Exception {
    assertThat(read(nested(150))).isInstanceOf(Bundle.class);
    assertThat(read(nested(201))).isEqualTo(new Unreadable(Problem.TOO_DEEP));
    assertThat(read(nested(1_000_000))).isEqualTo(new Unreadable(Problem.TOO_DEEP));
  }

  @Test
  void aNumberOrNameWithoutEndIsRefused() throws Exception {
    String digits = "7".repeat(100_000);
    assertThat(read("{\"resourceType\":\"Bundle\",\"total\":" + digits + "}"))
        .isEqualTo(new Unreadable(Problem.TOO_DEEP));
    assertThat(read("{\"resourceType\":\"Bundle\",\"" + digits + "\":1}"))
        .isEqualTo(new Unreadable(Problem.TOO_DEEP));
  }

  private static String nested(int depth) {
    return "{\"resourceType\":\"Bundle\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static FhirPayload read(String json) throws InterruptedException {
    return PayloadReader.read(json.getBytes(UTF_8));
  }
}
