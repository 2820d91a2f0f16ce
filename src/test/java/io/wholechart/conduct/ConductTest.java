package io.wholechart.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.access.Caller;
import io.wholechart.conduct.Verdict.Alarm;
import io.wholechart.patient.PatientId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConductTest {
  private static final ConductSettings SETTINGS =
      new ConductSettings(
          new ConductSettings.Rate(10, 20),
          new ConductSettings.Walk(100, Duration.ofMinutes(10)),
          new ConductSettings.Emergencies(5, Duration.ofHours(1)));
  private static final ConductSettings UNLIMITED =
      new ConductSettings(new ConductSettings.Rate(0, 1), SETTINGS.walk(), SETTINGS.emergencies());
  private static final Caller ANNA = caller("anna", "t1");
  private static final Duration STEP = Duration.ofMillis(100); // of the rate

  private long now = -5; // nanoTime may be anything

  @Test
  void aBurstIsServedAndThenTheRate() {
    var conduct = new Conduct(SETTINGS);
    for (int i = 0; i < 20; i++) {
      assertThat(ask(conduct, ANNA).isTooOften()).isFalse();
    }
    assertThat(ask(conduct, ANNA).retryAfter()).isEqualTo(STEP);
    for (int i = 0; i < 50; i++) {
      pass(STEP);
      assertThat(ask(conduct, ANNA).isTooOften()).isFalse();
      assertThat(ask(conduct, ANNA).isTooOften()).isTrue();
    }
  }

  @Test
  void whoKeepsToThePauseIsServed() {
    var conduct = new Conduct(SETTINGS);
    batch(conduct, 100);
    Duration pause = ask(conduct, ANNA).retryAfter();
    assertThat(pause).isEqualTo(STEP.multipliedBy(81));
    pass(pause.minusNanos(1000));
    assertThat(ask(conduct, ANNA).isTooOften()).isTrue();
    pass(Duration.ofNanos(1000));
    assertThat(ask(conduct, ANNA).isTooOften()).isFalse();
  }

  @Test
  void timeThatAnotherThreadReadBeforeTakesNothingAway() {
    var conduct = new Conduct(SETTINGS);
    ask(conduct, ANNA);
    for (int i = 0; i < 18; i++) {
      now -= STEP.toNanos();
      assertThat(ask(conduct, ANNA).isTooOften()).isFalse();
    }
    pass(STEP.multipliedBy(18)); // not a second time
    assertThat(ask(conduct, ANNA).isTooOften()).isFalse();
    assertThat(ask(conduct, ANNA).isTooOften()).isTrue();
    var unlimited = new Conduct(UNLIMITED);
    for (int i = 0; i < 1000; i++) {
      now -= 1;
      assertThat(ask(unlimited, ANNA).isTooOften()).isFalse();
    }
  }

  @Test
  void anotherTokenIsNoOtherCallerAndAnotherCallerIsNotHeldBack() {
    var conduct = new Conduct(SETTINGS);
    for (int i = 0; i < 20; i++) {
      ask(conduct, caller("anna", "t" + i));
    }
    assertThat(ask(conduct, caller("anna", "another")).isTooOften()).isTrue();
    assertThat(ask(conduct, caller("ben", "t1")).isTooOften()).isFalse();
  }

  @Test
  void emergenciesCountAndAreNeverToldToWait() {
    var conduct = new Conduct(SETTINGS);
    for (int i = 0; i < 50; i++) {
      assertThat(conduct.of(ANNA, 1, List.of(), true, now).isTooOften()).isFalse();
    }
    assertThat(ask(conduct, ANNA).retryAfter()).isEqualTo(STEP);
  }

  @Test
  void tooManyEmergenciesAreTalliedAndToldOnceAWindow() {
    var conduct = new Conduct(UNLIMITED);
    List<Boolean> raised = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      raised.add(conduct.of(ANNA, 1, List.of(), true, now).alarms().contains(Alarm.EMERGENCIES));
    }
    assertThat(raised).containsExactly(false, false, false, false, false, true, false, false);
    pass(Duration.ofHours(1));
    assertThat(conduct.of(ANNA, 5, List.of(), true, now).alarms()).isEmpty();
    assertThat(conduct.of(ANNA, 1, List.of(), true, now).alarms())
        .containsExactly(Alarm.EMERGENCIES);
  }

  @Test
  void aWardRoundIsNormalHoweverOftenItIsLookedAt() {
    var conduct = new Conduct(UNLIMITED);
    for (int round = 0; round < 50; round++) {
      assertThat(conduct.of(ANNA, 100, patients(0, 100), false, now).alarms()).isEmpty();
    }
  }

  @Test
  void aWalkIsToldOnceAWindowAndServed() {
    var conduct = new Conduct(UNLIMITED);
    int alarms = 0;
    for (int i = 0; i < 1000; i++) {
      Verdict verdict = conduct.of(ANNA, 1, patients(i, i + 1), false, now);
      assertThat(verdict.isTooOften()).isFalse();
      alarms += verdict.alarms().size();
      assertThat(alarms).as("after %d", i + 1).isEqualTo(i < 100 ? 0 : 1);
    }
    pass(Duration.ofMinutes(10));
    assertThat(conduct.of(ANNA, 100, patients(0, 100), false, now).alarms()).isEmpty();
    assertThat(conduct.of(ANNA, 2, patients(100, 102), false, now).alarms())
        .containsExactly(Alarm.WALK);
  }

  @Test
  void whoIsToldToWaitGoesOnWalking() {
    var conduct = new Conduct(SETTINGS);
    boolean isRaised = false;
    for (int i = 0; i <= 100; i++) {
      isRaised |= conduct.of(ANNA, 1, patients(i, i + 1), false, now).alarms().contains(Alarm.WALK);
    }
    assertThat(isRaised).isTrue();
  }

  @Test
  void nobodyInParticularIsHeldToNothing() {
    var conduct = new Conduct(SETTINGS);
    for (int i = 0; i < 1000; i++) {
      Verdict verdict = conduct.of(Caller.ANONYMOUS, 1, patients(i, i + 1), true, now);
      assertThat(verdict).isEqualTo(Verdict.NOTHING);
    }
  }

  @Test
  void newCallersDoNotMakeTheOneForgottenWhoAsksTooOften() {
    var conduct = new Conduct(SETTINGS, 10);
    for (int i = 0; i < 20; i++) {
      ask(conduct, ANNA);
    }
    for (int i = 0; i < 1000; i++) {
      ask(conduct, caller("somebody-" + i, "t"));
      if (i % 9 == 0) { // fewer others in between than are kept
        assertThat(ask(conduct, ANNA).isTooOften()).as("after %d others", i).isTrue();
      }
    }
  }

  private Verdict ask(Conduct conduct, Caller caller) {
    return conduct.of(caller, 1, List.of(), false, now);
  }

  private void batch(Conduct conduct, int charts) {
    assertThat(conduct.of(ANNA, charts, List.of(), false, now).isTooOften()).isFalse();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static List<PatientId> patients(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new PatientId("p-" + i)).toList();
  }

  private static Caller caller(String subject, String token) {
    return new Caller("https://issuer.example", subject, subject, List.of(), "bedside", token);
  }
}
