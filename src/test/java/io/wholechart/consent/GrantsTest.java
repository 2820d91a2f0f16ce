package io.wholechart.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.PatientId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final PatientId PATIENT = new PatientId("p-1");
  private static final BreakGlass.Asked ASKED =
      new BreakGlass.Asked("ETREAT", "unconscious, no kin");

  private final Grants grants = new Grants(Duration.ofMinutes(15));

  @Test
  void itHoldsForThatCallerAndPatientUntilItIsOver() {
    Grant given = grants.give("ann", PATIENT, ASKED, NOON);
    assertThat(given.until()).isEqualTo(NOON.plusSeconds(900));
    assertThat(grants.find("ann", PATIENT, NOON.plusSeconds(899))).contains(given);
    assertThat(grants.find("ann", PATIENT, NOON.plusSeconds(900))).isEmpty();
    assertThat(grants.find("bob", PATIENT, NOON)).isEmpty();
    assertThat(grants.find("ann", new PatientId("p-2"), NOON)).isEmpty();
  }

  @Test
  void aClockThatGoesBackMakesNoGrantLonger() {
    grants.give("ann", PATIENT, ASKED, NOON);
    assertThat(grants.find("ann", PATIENT, NOON.minusSeconds(1))).isEmpty();
  }

  @Test
  void saidAgainItBeginsAnew() {
    grants.give("ann", PATIENT, ASKED, NOON);
    Grant again = grants.give("ann", PATIENT, ASKED, NOON.plusSeconds(600));
    assertThat(grants.find("ann", PATIENT, NOON.plusSeconds(1200))).contains(again);
    assertThat(grants.size()).isOne();
  }

  @Test
  void theyAreForgottenWhenTheyAreOverAndNeverTooMany() {
    for (int i = 0; i < 10_050; i++) {
      grants.give("caller-" + i, PATIENT, ASKED, NOON);
    }
    assertThat(grants.size()).isEqualTo(10_000);
    assertThat(grants.find("caller-0", PATIENT, NOON)).isEmpty();
    assertThat(grants.find("caller-10049", PATIENT, NOON)).isPresent();
    grants.give("ann", PATIENT, ASKED, NOON.plusSeconds(3600));
    assertThat(grants.size()).isOne();
  }
}
