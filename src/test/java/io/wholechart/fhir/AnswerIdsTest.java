package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** No two resources get one id, whatever the sources call them, and every id is FHIR's. */
class AnswerIdsTest {
  private static final List<String> SOURCES =
      List.of("a", "a-a", "ehr", "e", "s".repeat(32), "s".repeat(31), "x--.".substring(0, 3));
  private static final String LETTERS = "aA0-._ /é.";

  @Test
  void whatFitsKeepsItsName() {
    assertThat(AnswerIds.of("ehr", "p-1001.A")).isEqualTo("ehr.p-1001.A");
    assertThat(AnswerIds.of("ehr", "x".repeat(60))).isEqualTo("ehr." + "x".repeat(60));
  }

  @Test
  void whatDoesNotFitIsHashed() {
    for (String id : List.of("x".repeat(61), "under_score", ".a", "..", "", "é", "a b")) {
      assertThat(AnswerIds.of("ehr", id)).matches("ehr\\.\\.[a-z2-7]{30}");
    }
  }

  @Test
  void noTwoResourcesGetOneId() {
    Map<String, String> owners = new HashMap<>();
    for (int round = 0; round < 20_000; round++) {
      RandomGenerator random = Seed.random(round);
      String source = SOURCES.get(random.nextInt(SOURCES.size()));
      String id = id(random, owners);
      String answered = AnswerIds.of(source, id);

      String as = Seed.describe(round) + ": " + source + " " + id;
      assertThat(answered).as(as).matches("[A-Za-z0-9\\-.]{1,64}");
      assertThat(AnswerIds.of(source, id)).as(as).isEqualTo(answered);
      String owner = source + "\n" + id;
      assertThat(owners.putIfAbsent(answered, owner)).as(as).isIn(null, owner);
    }
    assertThat(owners).hasSizeGreaterThan(10_000);
  }

  /** Any text, and often one that looks as if we had made it. */
  private static String id(RandomGenerator random, Map<String, String> owners) {
    if (random.nextInt(4) == 0 && !owners.isEmpty()) {
      String made = owners.keySet().iterator().next();
      return made.substring(random.nextInt(made.length()));
    }
    var id = new StringBuilder();
    for (int left = random.nextInt(70); left > 0; left--) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
