package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.PatientId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pages are held for those they were made for, for a while, and only so many of them. */
class KeptPagesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
  private static final PatientId PATIENT = new PatientId("p-1");

  private final KeptPages kept = new KeptPages(Duration.ofMinutes(2), 100);

  @Test
  void aPageIsFoundByItsCursorUntilItIsTooOld() {
    String token = keep("one", "two");

    assertThat(find(token, 1, NOW)).isEqualTo("one");
    assertThat(find(token, 2, NOW.plusSeconds(119))).isEqualTo("two");
    assertThat(find(token, 3, NOW)).isEqualTo("gone");
    assertThat(find(token, 0, NOW)).isEqualTo("gone");
    assertThat(find(token, 2, NOW.plusSeconds(120))).isEqualTo("gone");
    assertThat(kept.bytes()).isZero();
  }

  @Test
  void whatNobodyAsksForIsForgottenAsWell() {
    String _ = keep("one");
    kept.forget(NOW.plusSeconds(119));
    assertThat(kept.bytes()).isPositive();
    kept.forget(NOW.plusSeconds(120));
    assertThat(kept.bytes()).isZero();
  }

  @Test
  void anotherCallerOrPatientFindsNothing() {
    String cursor = KeptPages.cursor(keep("one"), 1);

    assertThat(kept.find(cursor, "somebody", PATIENT, NOW)).isEmpty();
    assertThat(kept.find(cursor, "anonymous", new PatientId("p-2"), NOW)).isEmpty();
    assertThat(kept.find(cursor, "anonymous", PATIENT, NOW)).isPresent();
  }

  @Test
  void theOldestMakeRoom() {
    String first = keep("x".repeat(40));
    String second = keep("y".repeat(40));
    String third = keep("z".repeat(40));

    assertThat(find(first, 1, NOW)).isEqualTo("gone");
    assertThat(find(second, 1, NOW)).startsWith("y");
    assertThat(find(third, 1, NOW)).startsWith("z");
    assertThat(kept.bytes()).isEqualTo(80);
  }

  @Test
  void whatIsTooLargeIsNotKeptAndDrivesNobodyOut() {
    String first = keep("x".repeat(40));
    boolean isKept = kept.keep(kept.token(), pages(List.of(body("y".repeat(101)))), NOW);

    assertThat(isKept).isFalse();
    assertThat(find(first, 1, NOW)).startsWith("x");
  }

  @Test
  void cursorsOfAnyTextAreNobodys() {
    for (String cursor :
        List.of("", "1", "A".repeat(22), "A".repeat(22) + "1", "A".repeat(99), "é".repeat(23))) {
      assertThat(kept.find(cursor, "anonymous", PATIENT, NOW)).as(cursor).isEmpty();
    }
    String token = keep("one");
    for (String page : List.of("", "-1", "1x", "99999", "١", "+1")) {
      assertThat(kept.find(token + page, "anonymous", PATIENT, NOW)).as(page).isEmpty();
    }
  }

  @Test
  void noTwoTokensAreAlike() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(kept.token()).matches("[A-Za-z0-9_-]{22}").satisfies(t -> tokens.add(t));
    }
    assertThat(tokens).hasSize(1000);
  }

  private String keep(String... pages) {
    String token = kept.token();
    List<Body> bodies = List.of(pages).stream().map(KeptPagesTest::body).toList();
    assertThat(kept.keep(token, pages(bodies), NOW)).isTrue();
    return token;
  }

  private static KeptPages.Pages pages(List<Body> bodies) {
    return new KeptPages.Pages("anonymous", PATIENT, false, "1.0", bodies);
  }

  private String find(String token, int page, Instant now) {
    return kept.find(KeptPages.cursor(token, page), "anonymous", PATIENT, now)
        .map(found -> new String(found.page().toByteArray(), StandardCharsets.UTF_8))
        .orElse("gone");
  }

  private static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
