package io.wholechart.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreakGlassTest {
  private static final List<String> CODES = List.of("ETREAT", "THREAT");

  @Test
  void withoutTheHeaderNobodyWishesIt() {
    assertThat(BreakGlass.of(List.of(), CODES)).isEqualTo(new BreakGlass.Unasked());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ETREAT; unconscious, no kin",
        "ETREAT;unconscious, no kin",
        " ETREAT ;  unconscious, no kin  "
      })
  void aCodeAndAReasonAreRead(String header) {
    assertThat(BreakGlass.of(List.of(header), CODES))
        .isEqualTo(new BreakGlass.Asked("ETREAT", "unconscious, no kin"));
  }

  @Test
  void theReasonMayHaveASemicolonItself() {
    assertThat(BreakGlass.of(List.of("THREAT; said he would; has a knife"), CODES))
        .isEqualTo(new BreakGlass.Asked("THREAT", "said he would; has a knife"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ETREAT",
        "ETREAT;",
        "ETREAT; too short",
        "ETREAT; 14 characters!",
        "ETREAT; aaaaaaaaaaaaaaaaaaaa",
        "ETREAT; . . . . . . . . . . ",
        "unconscious, no kin",
        "etreat; unconscious, no kin",
        "OTHER; unconscious, no kin",
        "ETREAT; unconscious, no\tkin here",
        "ETREAT; unconscious, n\u00f6 kin here",
        "ETREAT; unconscious, \u202eno kin"
      })
  void whatIsNotStatedAsItHasToBeIsUnfit(String header) {
    assertThat(BreakGlass.of(List.of(header), CODES)).isInstanceOf(BreakGlass.Unfit.class);
  }

  @Test
  void fifteenCharactersAreEnoughAndThreeHundredOneAreTooMany() {
    assertThat(BreakGlass.of(List.of("ETREAT; 15 characters.."), CODES))
        .isInstanceOf(BreakGlass.Asked.class);
    assertThat(BreakGlass.of(List.of("ETREAT; " + "abcd ".repeat(60) + "e"), CODES))
        .isInstanceOf(BreakGlass.Unfit.class);
    assertThat(BreakGlass.of(List.of("ETREAT; " + "abcde".repeat(60)), CODES))
        .isInstanceOf(BreakGlass.Asked.class);
  }

  @Test
  void twoHeadersAreUnfitEvenIfEachIsNot() {
    String header = "ETREAT; unconscious, no kin";
    assertThat(BreakGlass.of(List.of(header, header), CODES)).isInstanceOf(BreakGlass.Unfit.class);
  }

  @Test
  void noReasonStandsInTheTextOfAnObject() {
    assertThat(BreakGlass.of(List.of("ETREAT; unconscious, no kin"), CODES).toString())
        .doesNotContain("unconscious");
  }

  @Test
  void nothingIsGrantedForLongerThanAQuarterOfAnHour() {
    assertThatThrownBy(() -> new BreakGlass.Settings(CODES, Duration.ofMinutes(16)))
        .hasMessageContaining("lasts");
    assertThatThrownBy(() -> new BreakGlass.Settings(CODES, Duration.ZERO))
        .hasMessageContaining("lasts");
    assertThatThrownBy(() -> new BreakGlass.Settings(List.of(), Duration.ofMinutes(1)))
        .hasMessageContaining("codes");
    assertThatThrownBy(() -> new BreakGlass.Settings(List.of("a;b"), Duration.ofMinutes(1)))
        .hasMessageContaining("codes");
  }
}
