package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.patient.Urgency;
import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pause is scripted, and so is the time: nothing here waits. */
class RetryingUpstreamTest {
  private static final UpstreamAnswer WELL =
      new UpstreamAnswer.Answered(200, "text/plain", "", new byte[0], Instant.EPOCH);
  private static final Failure FAILURE = new Failure(FailureReason.ERROR, "answered HTTP 500");
  private static final UpstreamAnswer MAY_HELP = after(Duration.ZERO);
  private static final UpstreamAnswer IN_VAIN = new UpstreamAnswer.Broken(FAILURE);

  private final Deque<UpstreamAnswer> script = new ArrayDeque<>();
  private final List<Integer> attempts = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int retries;
  private long now;
  private RetryingUpstream.Pause pause = pauses::add;

  private final RetryingUpstream upstream =
      new RetryingUpstream(
          request -> {
            attempts.add(request.attempt());
            return script.removeFirst();
          },
          below -> below / 2,
          () -> now,
          rest -> pause.rest(rest),
          () -> retries++);

  @Test
  void whatIsWellIsAskedOnce() throws Exception {
    assertThat(read(patience(2000), WELL)).isSameAs(WELL);
    assertThat(attempts).containsExactly(1);
    assertThat(retries).isZero();
  }

  @Test
  void whatMayHelpIsAskedOnceMoreAfterAPause() throws Exception {
    assertThat(read(patience(2000), MAY_HELP, WELL)).isSameAs(WELL);
    assertThat(attempts).containsExactly(1, 2);
    assertThat(pauses).containsExactly(Duration.ofMillis(50));
    assertThat(retries).isOne();
  }

  @Test
  void theSecondAnswerStandsWhateverItIs() throws Exception {
    assertThat(read(patience(2000), MAY_HELP, IN_VAIN)).isSameAs(IN_VAIN);
    assertThat(attempts).hasSize(2);
  }

  @Test
  void aBreakerThatOpenedMeanwhileDoesNotHideTheFailure() throws Exception {
    UpstreamAnswer open = UpstreamAnswer.broken(FailureReason.CIRCUIT_OPEN, "was not asked");

    assertThat(read(patience(2000), MAY_HELP, open)).isSameAs(MAY_HELP);
  }

  @Test
  void whatIsInVainIsNotAskedAgain() throws Exception {
    assertThat(read(patience(2000), IN_VAIN)).isSameAs(IN_VAIN);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void theSourceIsLeftInPeaceAsLongAsItAsksFor() throws Exception {
    assertThat(read(patience(2000), after(Duration.ofSeconds(1)), WELL)).isSameAs(WELL);
    assertThat(pauses).containsExactly(Duration.ofMillis(1050));
  }

  @Test
  void whatTheSourceAsksForMustFitIntoTheTimeThatIsLeft() throws Exception {
    UpstreamAnswer later = after(Duration.ofSeconds(2));

    assertThat(read(patience(2000), later)).isSameAs(later);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void thereMustBeTimeForASecondCall() throws Exception {
    assertThat(read(patience(150), MAY_HELP, WELL)).isSameAs(WELL);
    assertThat(read(patience(149), MAY_HELP)).isSameAs(MAY_HELP);
  }

  @Test
  void aSourceIsAskedAgainOnceARequestHoweverManyCallsItHas() throws Exception {
    save(10);
    var patience = patience(2000);

    assertThat(read(patience, MAY_HELP, WELL)).isSameAs(WELL);
    assertThat(read(patience, MAY_HELP)).isSameAs(MAY_HELP);
    assertThat(read(patience(2000), MAY_HELP, WELL)).isSameAs(WELL);
  }

  @Test
  void ofAHundredFailuresATenthIsAskedAgain() throws Exception {
    for (int i = 0; i < 100; i++) {
      script.add(MAY_HELP);
      script.add(MAY_HELP);
      upstream.read(request(patience(2000)));
      script.clear();
    }

    assertThat(attempts.size()).isBetween(109, 111);
  }

  @Test
  void whatIsSavedIsBounded() throws Exception {
    save(10_000);
    for (int i = 0; i < 20; i++) {
      script.add(MAY_HELP);
      script.add(MAY_HELP);
      upstream.read(request(patience(2000)));
      script.clear();
    }

    assertThat(retries).isBetween(10, 12);
  }

  @Test
  void theDeadlineInterruptsThePause() {
    pause =
        _ -> {
          throw new InterruptedException();
        };

    assertThatThrownBy(() -> read(patience(2000), MAY_HELP))
        .isInstanceOf(InterruptedException.class);
    assertThat(attempts).hasSize(1);
  }

  private void save(int calls) throws InterruptedException {
    for (int i = 0; i < calls; i++) {
      read(patience(2000), WELL);
    }
    attempts.clear();
  }

  private UpstreamAnswer read(Patience patience, UpstreamAnswer... answers)
      throws InterruptedException {
    script.addAll(List.of(answers));
    UpstreamAnswer answer = upstream.read(request(patience));
    assertThat(script).as("what was not asked for").isEmpty();
    return answer;
  }

  private static UpstreamRequest request(Patience patience) {
    return new UpstreamRequest("http://lab/", "text/plain", 1, new Intake("lab", patience));
  }

  private static Patience patience(long millis) {
    return new Patience(Duration.ofMillis(millis).toNanos(), Urgency.NORMAL);
  }

  private static UpstreamAnswer after(Duration least) {
    return new UpstreamAnswer.Broken(FAILURE, new Again.After(least));
  }
}
