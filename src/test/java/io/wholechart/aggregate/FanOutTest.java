package io.wholechart.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.Resolution;
import io.wholechart.crosswalk.SameIds;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Intake;
import io.wholechart.source.Patience;
import io.wholechart.source.PatientSource;
import io.wholechart.source.SourceCall;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of each source when the deadline is there, and that nobody works on after it. */
class FanOutTest {
  private static final Duration SOON = Duration.ofMillis(60);
  private static final Duration NEVER = Duration.ofMinutes(5);
  private static final SourceCall WHOLE = _ -> new SourceCall.Ending.Whole();

  /** Waits until it is interrupted, and takes its time to notice. */
  private static final class Hanging implements SourceCall {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean hasUnwound = new AtomicBoolean();

    @Override
    public Ending run(Intake intake) throws InterruptedException {
      try {
        begun.countDown();
        new CountDownLatch(1).await();
        return new Ending.Whole();
      } finally {
        for (int i = 0; i < 1000; i++) {
          Thread.yield();
        }
        hasUnwound.set(true);
      }
    }
  }

  @Test
  void aSourceThatHangsTakesNoOtherAnswerAlong() throws InterruptedException {
    List<SourceReport> reports =
        ask(SOON, source(NEVER, WHOLE), source(NEVER, new Hanging()), source(NEVER, WHOLE));

    assertThat(reports)
        .extracting(SourceReport::result)
        .containsExactly(
            new SourceResult.Complete(List.of()),
            new SourceResult.Failed(
                new Failure(FailureReason.TIMEOUT, "did not answer within 60 ms")),
            new SourceResult.Complete(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyCallHasEndedWhenTheReportsAreThere(int calls) throws InterruptedException {
    var hanging = new Hanging();

    ask(SOON, source(NEVER, Collections.nCopies(calls, hanging).toArray(SourceCall[]::new)));

    assertThat(hanging.hasUnwound).isTrue();
  }

  @Test
  void ofSeveralCallsTheOneThatHangsIsMissed() throws InterruptedException {
    SourceReport report = ask(SOON, source(NEVER, WHOLE, new Hanging())).getFirst();

    assertThat(report.result())
        .isInstanceOfSatisfying(
            SourceResult.Incomplete.class,
            part ->
                assertThat(part.cause().detail())
                    .isEqualTo(
                        "answered only in part (1 of 2 requests): it did not answer within 60 ms"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSourceWithLessTimeThanTheRequestHasNoMore(int calls) throws InterruptedException {
    var hanging = Collections.nCopies(calls, new Hanging()).toArray(SourceCall[]::new);

    List<SourceReport> reports = ask(NEVER, source(SOON, hanging), source(NEVER, WHOLE));

    assertThat(reports.getFirst().result())
        .isEqualTo(
            new SourceResult.Failed(
                new Failure(FailureReason.TIMEOUT, "did not answer within 60 ms")));
    assertThat(reports.getFirst().elapsed()).isBetween(SOON, NEVER.dividedBy(2));
    assertThat(reports.getLast().result()).isInstanceOf(SourceResult.Complete.class);
  }

  @Test
  void afterTheDeadlineNobodyIsAsked() throws InterruptedException {
    var asked = new AtomicInteger();
    SourceCall counted =
        _ -> {
          asked.incrementAndGet();
          return new SourceCall.Ending.Whole();
        };

    long since = System.nanoTime() - SOON.toNanos();
    SourceReport report = ask(new SameIds(), SOON, since, source(NEVER, counted)).getFirst();

    assertThat(report.result()).isInstanceOf(SourceResult.Failed.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void aBugInOneCallIsThatSourcesFailure() throws InterruptedException {
    SourceCall bug =
        _ -> {
          throw new IllegalStateException("a bug");
        };

    List<SourceReport> reports = ask(NEVER, source(NEVER, bug), source(NEVER, WHOLE));

    assertThat(reports.getFirst().result())
        .isInstanceOfSatisfying(
            SourceResult.Failed.class,
            failed -> assertThat(failed.cause().reason()).isEqualTo(FailureReason.INVALID));
    assertThat(reports.getLast().result()).isInstanceOf(SourceResult.Complete.class);
  }

  @Test
  void whoIsInterruptedLeavesNoCallBehind() throws InterruptedException {
    var hanging = new Hanging();
    Thread caller = Thread.currentThread();
    Thread.ofVirtual()
        .start(() -> {
          awaitQuietly(hanging.begun);
          caller.interrupt();
        });

    assertThatThrownBy(() -> ask(NEVER, source(NEVER, hanging)))
        .isInstanceOf(InterruptedException.class);
    assertThat(hanging.hasUnwound).isTrue();
  }

  @Test
  void aCrosswalkThatHangsLeavesTheSourceUnasked() throws InterruptedException {
    SourceReport report =
        ask(new HangingCrosswalk(), SOON, System.nanoTime(), source(NEVER, WHOLE)).getFirst();

    assertThat(report.result())
        .isEqualTo(
            new SourceResult.Failed(
                new Failure(
                    FailureReason.ID_UNRESOLVED,
                    "was not asked: the cross-reference service did not answer within 60 ms")));
  }

  private static List<SourceReport> ask(Duration deadline, PatientSource... sources)
      throws InterruptedException {
    return ask(new SameIds(), deadline, System.nanoTime(), sources);
  }

  private static List<SourceReport> ask(
      Crosswalk crosswalk, Duration deadline, long since, PatientSource... sources)
      throws InterruptedException {
    return FanOut.ask(
        List.of(sources), crosswalk, new PatientId("p-1"), Urgency.NORMAL, deadline, since);
  }

  private static PatientSource source(Duration own, SourceCall... calls) {
    return new Scripted(own, List.of(calls));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Scripted(Duration own, List<SourceCall> script) implements PatientSource {
    @Override
    public String name() {
      return "ehr";
    }

    @Override
    public @Nullable String idSystem() {
      return null;
    }

    @Override
    public Set<Section> sections() {
      return Set.of(Section.ALLERGIES);
    }

    @Override
    public Duration timeout(Urgency urgency, Duration whole) {
      return own.compareTo(whole) < 0 ? own : whole;
    }

    @Override
    public List<SourceCall> calls(SourceId id) {
      return script;
    }
  }

  private static final class HangingCrosswalk implements Crosswalk {
    @Override
    public Optional<Resolution> known(PatientId id, @Nullable String idSystem) {
      return Optional.empty();
    }

    @Override
    public Resolution ask(PatientId id, @Nullable String idSystem, Patience patience)
        throws InterruptedException {
      new CountDownLatch(1).await();
      return new Resolution.NoneThere();
    }

    @Override
    public Holder holder(SearchedIdentifier identifier, Patience patience) {
      throw new UnsupportedOperationException("not asked");
    }

    @Override
    public void close() {}
  }
}
