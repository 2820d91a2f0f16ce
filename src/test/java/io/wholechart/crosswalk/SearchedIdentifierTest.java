package io.wholechart.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchedIdentifierTest {
  @ParameterizedTest
  @CsvSource({
    "urn:oid:1.2.3, L:77/a, true",
    "https://pacs.example/ids?a=b, I_5+x, true",
    "'', 77, true",
    ", 77, true",
    "urn:oid:1.2.3, '', false",
    "urn:oid:1.2.3, 7|7, false",
    "urn:oid:1.2.3, '7,7', false",
    "urn:oid:1.2.3, 7*, false",
    "urn:oid:1.2.3, 7 7, false",
    "urn:oid:1.2.3, .., false",
    "urn:oid: 1.2.3, 77, false",
    "urn:x|y, 77, false",
    "urn:x\\y, 77, false",
    "urn:é, 77, false"
  })
  void anIdentifierHasTheAlphabetsOfAUriAndAnId(String system, String value, boolean isLegal) {
    assertThat(SearchedIdentifier.isLegal(system, value)).isEqualTo(isLegal);
  }

  @Test
  void bothHaveAnEnd() {
    assertThat(SearchedIdentifier.isLegal("a".repeat(255), "7".repeat(64))).isTrue();
    assertThat(SearchedIdentifier.isLegal("a".repeat(256), "7")).isFalse();
    assertThat(SearchedIdentifier.isLegal("a", "7".repeat(65))).isFalse();
  }

  @Test
  void noTextOfItRepeatsIt() {
    assertThat(new SearchedIdentifier("urn:x", "77").toString()).doesNotContain("urn:x", "77");
    assertThatThrownBy(() -> new SearchedIdentifier("urn:x", "Jane Doe"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("urn:x", "Doe");
  }
}
