package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.Seed;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceAnswerTest {
  private static final Ending WHOLE = new Ending.Whole();
  private static final Ending NOT_FOUND = new Ending.NotFound();
  private static final Ending NOT_SERVED =
      new Ending.NotServed(new Failure(FailureReason.ERROR, "answered HTTP 404 to a search"));
  private static final Ending TIMEOUT = Ending.broken(FailureReason.TIMEOUT, "did not answer");
  private static final Ending PARTIAL = Ending.broken(FailureReason.PARTIAL, "has more pages");

  @Test
  void wholeCallsAreAWholeAnswerAndNothingInItIsNothingThere() throws Exception {
    assertThat(SourceAnswer.of(List.of(call(WHOLE))))
        .isEqualTo(new SourceResult.Complete(List.of()));
    assertThat(SourceAnswer.of(List.of(call(WHOLE, "a"), call(WHOLE, "b"))).entries()).hasSize(2);
  }

  @Test
  void whoDoesNotKnowThePatientButHoldsSomethingHolds() throws Exception {
    assertThat(SourceAnswer.of(List.of(call(NOT_FOUND), call(WHOLE))).status())
        .isEqualTo("not-found");
    assertThat(SourceAnswer.of(List.of(call(NOT_FOUND), call(WHOLE, "a"))).status())
        .isEqualTo("ok");
    assertThat(SourceAnswer.of(List.of(call(NOT_FOUND), call(NOT_SERVED))).status())
        .isEqualTo("not-found");
    assertThat(SourceAnswer.of(List.of(call(NOT_SERVED), call(NOT_SERVED))).status())
        .isEqualTo("not-found");
  }

  @Test
  void aSearchThatIsNotServedIsMissingWhereOthersAnswer() throws Exception {
    for (Ended other : List.of(call(WHOLE, "a"), call(WHOLE))) {
      assertThat(SourceAnswer.of(List.of(call(NOT_SERVED), other)).failure().orElseThrow().detail())
          .isEqualTo("answered only in part (1 of 2 requests): it answered HTTP 404 to a search");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "PARTIAL", mode = EnumSource.Mode.EXCLUDE)
  void whereNothingCameTheReasonIsTheFirstFailures(FailureReason reason) throws Exception {
    var failure = new Failure(reason, "fell over");
    List<Ended> calls = List.of(call(new Ending.Broken(failure)), call(PARTIAL));

    assertThat(SourceAnswer.of(calls)).isEqualTo(new SourceResult.Failed(failure));
    assertThat(SourceAnswer.of(calls).status()).isEqualTo(reason.key());
  }

  @Test
  void whatCameBeforeAFailureIsKeptAndCalledPartial() throws Exception {
    SourceResult result = SourceAnswer.of(List.of(call(TIMEOUT, "a"), call(WHOLE)));

    assertThat(result.entries()).hasSize(1);
    assertThat(result.failure().orElseThrow().reason()).isEqualTo(FailureReason.PARTIAL);
    assertThat(result.failure().orElseThrow().message("ehr"))
        .isEqualTo("ehr answered only in part (1 of 2 requests): it did not answer");
    assertThat(SourceAnswer.of(List.of(call(TIMEOUT, "a"))).failure().orElseThrow().detail())
        .isEqualTo("answered only in part: it did not answer");
  }

  @Test
  void anAnswerThatIsKnownNotToBeWholeIsNoFailureEvenWithoutAnEntry() throws Exception {
    assertThat(SourceAnswer.of(List.of(call(PARTIAL))))
        .isEqualTo(
            new SourceResult.Incomplete(
                List.of(), new Failure(FailureReason.PARTIAL, "has more pages")));
  }

  @Test
  void whatWasSentTwiceToTheLetterIsThereOnceAndWhatDiffersTwice() throws Exception {
    String one = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    String other = "{\"resourceType\":\"Patient\", \"id\":\"1\"}";
    String without = "{\"resourceType\":\"Patient\"}";
    SourceResult result =
        SourceAnswer.of(
            List.of(sent(WHOLE, one, without, one), sent(WHOLE, other, without), sent(WHOLE, one)));

    assertThat(result.entries().stream().map(e -> e.bytes().json()))
        .containsExactly(one, without, other, without);
  }

  /** The rule that never bends, over every mixture of outcomes. */
  @Test
  void aCallThatFailedNeverLeavesAnAnswerThatLooksWhole() throws Exception {
    List<Ending> endings = List.of(WHOLE, NOT_FOUND, NOT_SERVED, TIMEOUT, PARTIAL);
    for (int round = 0; round < 2000; round++) {
      RandomGenerator random = Seed.random(round);
      List<Ended> calls = new ArrayList<>();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        Ending ending = endings.get(random.nextInt(endings.size()));
        boolean mayHold =
            !(ending instanceof Ending.NotFound || ending instanceof Ending.NotServed);
        calls.add(mayHold && random.nextBoolean() ? call(ending, "x" + i) : call(ending));
      }
      SourceResult result = SourceAnswer.of(calls);
      long sent = calls.stream().mapToLong(c -> c.intake().entries().size()).sum();
      boolean isBroken = calls.stream().anyMatch(c -> c.ending() instanceof Ending.Broken);

      assertThat(result.entries()).as(Seed.describe(round)).hasSize((int) sent);
      assertThat(isBroken && result.isAnswered()).as(Seed.describe(round)).isFalse();
      assertThat(result.isAnswered())
          .as(Seed.describe(round))
          .isEqualTo(result.failure().isEmpty());
    }
  }

  @Test
  void theOldestPartDecidesHowFreshTheWholeIs() throws Exception {
    var intake = Intakes.of("ehr");
    intake.add(List.of(resource("{\"resourceType\":\"Patient\"}")), Instant.ofEpochSecond(20));
    intake.add(
        List.of(
            resource(
                "{\"resourceType\":\"Patient\",\"meta\":{\"lastUpdated\":\"1970-01-01T00:00:01Z\"}}")),
        Instant.ofEpochSecond(10));

    assertThat(intake.asOf()).isEqualTo(Instant.ofEpochSecond(10));
    assertThat(intake.entries().get(0).asOf()).isEqualTo(Instant.ofEpochSecond(20));
    assertThat(intake.entries().get(1).asOf()).isEqualTo(Instant.ofEpochSecond(1));
  }

  @Test
  void aFailureSaysWhatHappened() {
    assertThatThrownBy(() -> new Failure(FailureReason.ERROR, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Stream.of(FailureReason.values()).map(FailureReason::key))
        .containsExactly(
            "timeout",
            "unreachable",
            "error",
            "throttled",
            "auth-failed",
            "invalid",
            "over-limit",
            "identity-mismatch",
            "partial",
            "id-unresolved",
            "circuit-open",
            "overloaded",
            "refused-redirect",
            "denied");
  }

  private static Ended call(Ending ending, String... ids) throws InterruptedException {
    return sent(
        ending,
        Stream.of(ids)
            .map(id -> "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\"}")
            .toArray(String[]::new));
  }

  private static Ended sent(Ending ending, String... bodies) throws InterruptedException {
    var intake = Intakes.of("ehr");
    for (String body : bodies) {
      intake.add(List.of(resource(body)), ScriptedUpstream.AT);
    }
    return new Ended(intake, ending);
  }

  private static Resource resource(String body) throws InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return PayloadReader.readResource(new ResourceBytes(bytes, 0, bytes.length));
  }
}
