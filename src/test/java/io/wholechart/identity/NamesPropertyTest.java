package io.wholechart.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PersonName;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Comparing is symmetric, never fails whatever is sent, and is not misled by spelling. */
class NamesPropertyTest {
  private static final int ROUNDS = 3000;
  private static final String LETTERS =
      "aeioubcdfgklmnrstvwäöüßéèñçøåłÄÖÜ '-.^\u0301\u0308зш中\ud83d\ude00\ud800\u0000\t_9";

  private final Comparison comparison = new Comparison(Numbers.of(List.of()));

  @Test
  void comparingIsSymmetric() {
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = Seed.random(round);
      Demographics one = person(random);
      Demographics other = person(random);
      assertThat(comparison.of(one, other).doubt())
          .as(Seed.describe(round))
          .isEqualTo(comparison.of(other, one).doubt());
    }
  }

  @Test
  void nobodyIsDoubtedForBeingThemselves() {
    for (int round = 0; round < ROUNDS; round++) {
      Demographics one = person(Seed.random(round));
      assertThat(comparison.of(one, one).verdict(Standing.BEARER))
          .as(Seed.describe(round))
          .isEqualTo(IdentityVerdict.MATCH);
    }
  }

  @Test
  void caseAndTheFormOfAccentsDoNotMatter() {
    for (int round = 0; round < ROUNDS; round++) {
      String name = name(Seed.random(round)).replace("\ud800", "");
      String other = Normalizer.normalize(name, Normalizer.Form.NFD).toUpperCase(Locale.ROOT);
      assertThat(Names.family(name, other))
          .as(Seed.describe(round))
          .isNotEqualTo(Agreement.DIFFERENT);
      assertThat(Names.given(name, other))
          .as(Seed.describe(round))
          .isNotEqualTo(Agreement.DIFFERENT);
    }
  }

  private static Demographics person(RandomGenerator random) {
    return new Demographics(
        List.of(),
        List.of(new PersonName(name(random), name(random), random.nextInt(5) == 0)),
        "19%02d-%02d-%02d"
            .formatted(random.nextInt(100), random.nextInt(1, 13), random.nextInt(1, 29)),
        random.nextBoolean() ? "male" : "female");
  }

  private static String name(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
