package io.wholechart.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.access.Scopes.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
  @ParameterizedTest
  @CsvSource({
    "user/Observation.rs,   true,  true",
    "user/Observation.r,    true,  false",
    "user/Observation.s,    false, true",
    "user/Observation.cruds, true, true",
    "system/Observation.cud, false, false",
    "patient/*.rs,          true,  true",
    "user/*.*,              true,  true",
    "user/Observation.read, true,  true",
    "user/Observation.write, false, false",
    "user/Condition.rs,     false, false"
  })
  void lettersOpenWhatTheyStandFor(String scope, boolean read, boolean search) {
    var scopes = Scopes.parse("openid " + scope + " launch");

    assertThat(scopes.may("Observation", Action.READ)).isEqualTo(read);
    assertThat(scopes.may("Observation", Action.SEARCH)).isEqualTo(search);
  }

  /** What is not understood to the letter opens nothing, since it may have meant less. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "user/Observation.rs?category=laboratory",
        "user/Observation.sr",
        "user/Observation.rr",
        "user/Observation.rsx",
        "user/Observation.R",
        "user/Observation.",
        "user/Observation",
        "user/.rs",
        "user/**.rs",
        "user/Obs*.rs",
        "user/observation.rs",
        "User/Observation.rs",
        "practitioner/Observation.rs",
        "/Observation.rs",
        "Observation.rs",
        "*",
        "*.rs",
        "user/*",
        "user//Observation.rs",
        "user/Observation.rs.rs",
        "user/Observation.r s"
      })
  void otherWordsOpenNothing(String text) {
    assertThat(Scopes.parse(text).may("Observation", Action.SEARCH)).isFalse();
    assertThat(Scopes.parse(text).isAll()).isFalse();
  }

  @Test
  void severalOpenTogether() {
    var scopes = Scopes.parse("user/Observation.r system/Observation.s user/Patient.rs");

    assertThat(scopes.may("Observation", Action.READ)).isTrue();
    assertThat(scopes.may("Observation", Action.SEARCH)).isTrue();
    assertThat(scopes.may("Patient", Action.SEARCH)).isTrue();
    assertThat(scopes.may("Condition", Action.READ)).isFalse();
    assertThat(scopes.isAll()).isFalse();
    assertThat(Scopes.parse("user/*.rs").isAll()).isTrue();
  }

  @Test
  void onePatientScopeMakesItAllOfOnePatient() {
    assertThat(Scopes.parse("user/*.rs patient/Patient.r").isOfOnePatient()).isTrue();
    assertThat(Scopes.parse("user/*.rs launch/patient").isOfOnePatient()).isFalse();
  }
}
