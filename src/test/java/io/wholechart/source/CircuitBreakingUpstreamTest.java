package io.wholechart.source;

import static io.wholechart.source.Calls.BAD_REQUEST;
import static io.wholechart.source.Calls.REFUSED;
import static io.wholechart.source.Calls.SICK;
import static io.wholechart.source.Calls.THROTTLED;
import static io.wholechart.source.Calls.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.patient.Urgency;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Half of at least four calls in ten seconds; open for two seconds; two trial calls. */
class CircuitBreakingUpstreamTest {
  private static final BreakerSettings SETTINGS =
      new BreakerSettings(Duration.ofSeconds(10), 4, 50, Duration.ofSeconds(2), 2);

  private long now = 5_000_000_000L;
  private int asked;
  private Upstream source = _ -> WELL;

  private final Breaker breaker = new Breaker("lab", SETTINGS, () -> now);
  private final Upstream upstream =
      new CircuitBreakingUpstream(
          request -> {
            asked++;
            return source.read(request);
          },
          breaker,
          () -> now);

  @Test
  void aSourceMostOfWhoseCallsFailIsNotAskedForAMoment() throws Exception {
    fail(4);

    assertThat(Calls.reason(read())).isEqualTo(FailureReason.CIRCUIT_OPEN);
    assertThat(asked).isEqualTo(4);
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void aHandfulOfFailuresSaysNothing() throws Exception {
    fail(3);

    assertThat(breaker.isClosed()).isTrue();
    fail(1);
    assertThat(breaker.isClosed()).isFalse();
  }

  @Test
  void failuresThatLieLongBackDoNotCount() throws Exception {
    fail(3);
    pass(Duration.ofSeconds(11));
    fail(3);

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void whatTheSourceRefusesIsNoFailureOfIts() throws Exception {
    for (UpstreamAnswer answer : new UpstreamAnswer[] {BAD_REQUEST, THROTTLED}) {
      source = _ -> answer;
      for (int i = 0; i < 10; i++) {
        assertThat(read()).isSameAs(answer);
      }
    }
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void trialCallsThatComeWellCloseIt() throws Exception {
    fail(4);
    pass(Duration.ofMillis(2001));
    source = _ -> WELL;

    assertThat(read()).isSameAs(WELL);
    assertThat(breaker.isClosed()).isFalse();
    assertThat(read()).isSameAs(WELL);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void trialCallsThatFailOpenItAgain() throws Exception {
    fail(4);
    pass(Duration.ofMillis(2001));
    fail(2);

    assertThat(Calls.reason(read())).isEqualTo(FailureReason.CIRCUIT_OPEN);
    assertThat(asked).isEqualTo(6);
  }

  @Test
  void anEmergencyTriesWhileItIsOpenAFewTimesASecond() throws Exception {
    fail(4);
    for (int millis = 0; millis < 1000; millis += 10) {
      read(Urgency.EMERGENCY);
      pass(Duration.ofMillis(10));
    }

    assertThat(asked - 4).isBetween(3, 4);
    assertThat(Calls.reason(read())).isEqualTo(FailureReason.CIRCUIT_OPEN);
  }

  @Test
  void anEmergencyThatFindsTheSourceWellLetsTheOthersIn() throws Exception {
    fail(4);
    source = _ -> WELL;
    pass(Duration.ofMillis(250));

    assertThat(read(Urgency.EMERGENCY)).isSameAs(WELL);
    assertThat(read()).isSameAs(WELL);
    assertThat(read()).isSameAs(WELL);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void oneEmergencyTriesAtATime() throws Exception {
    fail(4);
    pass(Duration.ofMillis(300));
    source =
        _ -> {
          pass(Duration.ofMillis(300));
          source = _ -> WELL;
          assertThat(Calls.reason(read(Urgency.EMERGENCY))).isEqualTo(FailureReason.CIRCUIT_OPEN);
          return WELL;
        };

    assertThat(read(Urgency.EMERGENCY)).isSameAs(WELL);
  }

  @Test
  void aDeadlineThatStrikesIsAFailure() {
    source = cutOffAfter(Duration.ofSeconds(2));
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> read(left(Duration.ofSeconds(2))))
          .isInstanceOf(InterruptedException.class);
    }

    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void whatIsGivenUpBeforeItsDeadlineOrHadNoTimeIsNobodysFailure() {
    for (int i = 0; i < 10; i++) {
      source = cutOffAfter(Duration.ofSeconds(1));
      assertThatThrownBy(() -> read(left(Duration.ofSeconds(2))))
          .isInstanceOf(InterruptedException.class);
      source = cutOffAfter(Duration.ofMillis(99));
      assertThatThrownBy(() -> read(left(Duration.ofMillis(99))))
          .isInstanceOf(InterruptedException.class);
    }

    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void aTrialThatIsGivenUpLeavesItsTurnToAnother() throws Exception {
    fail(4);
    pass(Duration.ofMillis(2001));
    source = cutOffAfter(Duration.ofMillis(10));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> read(left(Duration.ofSeconds(1))))
          .isInstanceOf(InterruptedException.class);
    }
    source = _ -> WELL;

    assertThat(read()).isSameAs(WELL);
    assertThat(read()).isSameAs(WELL);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void callsThatHungBeforeItOpenedAreNoTrialCalls() throws Exception {
    Breaker.Pass hung = breaker.admit(false).orElseThrow();
    Breaker.Pass alsoHung = breaker.admit(false).orElseThrow();
    fail(4);
    pass(Duration.ofMillis(2001));
    source = _ -> WELL;
    assertThat(read()).isSameAs(WELL);
    hung.failed(Duration.ofSeconds(2));
    alsoHung.failed(Duration.ofSeconds(2));

    assertThat(read()).isSameAs(WELL);
    assertThat(breaker.isClosed()).isTrue();
  }

  private Upstream cutOffAfter(Duration time) {
    return _ -> {
      pass(time);
      throw new InterruptedException();
    };
  }

  private void fail(int times) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      UpstreamAnswer failure = i % 2 == 0 ? SICK : REFUSED;
      source = _ -> failure;
      assertThat(read()).isSameAs(failure);
    }
  }

  private UpstreamAnswer read() throws InterruptedException {
    return read(Urgency.NORMAL);
  }

  private UpstreamAnswer read(Urgency urgency) throws InterruptedException {
    return upstream.read(Calls.request(urgency, Duration.ofNanos(now).plusSeconds(10)));
  }

  private UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    return upstream.read(request);
  }

  private UpstreamRequest left(Duration left) {
    return Calls.request(Urgency.NORMAL, Duration.ofNanos(now).plus(left));
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
