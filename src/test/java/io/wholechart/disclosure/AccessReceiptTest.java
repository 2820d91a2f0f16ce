package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessReceiptTest {
  @Test
  void isReadAsTheAnswerCarriedIt() {
    assertThat(AccessReceipt.parse(" node-7;seq=12;size=11\n"))
        .contains(new AccessReceipt("node-7", 12, 11));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "node-7",
        "node-7;seq=12",
        "node-7;seq=0;size=0",
        "node-7;seq=x;size=0",
        "node-7;size=0;seq=12",
        "node-7;seq=12;size=-1",
        ";seq=12;size=0",
        "node-7;seq=12;size=0;more"
      })
  void whatIsNoReceiptIsNone(String text) {
    assertThat(AccessReceipt.parse(text)).isEmpty();
  }
}
