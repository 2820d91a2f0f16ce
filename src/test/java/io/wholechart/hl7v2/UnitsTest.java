package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "mmol/L, mmol/L",
    "mmol/L^millimoles per litre^UCUM, mmol/L",
    "10*3/uL, 10*3/uL",
    "%, %",
    "10\\S\\9/L, 10^9/L",
    "10^9/L, 10^9/L",
    "mL/min/{1.73_m2}, mL/min/{1.73_m2}",
    "^mg/dL, mg/dL"
  })
  void aUnitThatIsUcumHasItsCode(String sent, String unit) {
    JsonNode quantity = quantity(sent);

    assertThat(quantity.path("unit").asText()).isEqualTo(unit);
    assertThat(quantity.path("system").asText()).isEqualTo("http://unitsofmeasure.org");
    assertThat(quantity.path("code").asText()).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource({
    "MMOL/L, MMOL/L",
    "x10^9/L, x10^9/L",
    "x10E3/uL, x10E3/uL",
    "mm(hg), mm(hg)",
    "Stück, Stück",
    "K/uL^thousand per microlitre^L, K/uL",
    "u^^ISO+, u",
    "cells & casts, cells & casts"
  })
  void aUnitThatIsNotUcumStaysAsItWasSent(String sent, String unit) {
    JsonNode quantity = quantity(sent);

    assertThat(quantity.path("unit").asText()).isEqualTo(unit);
    assertThat(quantity.has("system")).isFalse();
    assertThat(quantity.has("code")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"''", "'\"\"'"})
  void noUnitIsNone(String sent) {
    assertThat(quantity(sent).has("unit")).isFalse();
  }

  private static JsonNode quantity(String unit) {
    return Er7.observation("OBX|1|NM|2823-3^Potassium^LN||4.1|" + unit + "|||||F")
        .path("valueQuantity");
  }
}
