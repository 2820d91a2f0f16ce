package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LimitedUpstreamTest {
  private static final UpstreamAnswer ANSWER = ScriptedUpstream.answer(200, "text/plain", "");
  private static final UpstreamRequest REQUEST =
      new UpstreamRequest("http://x", "text/plain", 1, Intakes.of("lab"));

  private final Semaphore mayAnswer = new Semaphore(0);
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Upstream slow =
      _ -> {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
          mayAnswer.acquire();
          return ANSWER;
        } finally {
          underWay.decrementAndGet();
        }
      };

  @Test
  void neverMoreCallsAreUnderWayThanAreAllowedAndAllAreAnswered() throws Exception {
    var bulkhead = new Bulkhead(3);
    var limited = new LimitedUpstream(slow, bulkhead);
    var answers = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  answers.addAndGet(limited.read(REQUEST) == ANSWER ? 1 : 0);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    await().until(() -> bulkhead.active() == 3 && underWay.get() == 3);
    mayAnswer.release(20);
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(most).hasValue(3);
    assertThat(answers).hasValue(20);
    assertThat(bulkhead.active()).isZero();
  }

  @Test
  void whoWaitsForAPlaceCanBeInterruptedAndTakesNone() throws Exception {
    var bulkhead = new Bulkhead(1);
    var limited = new LimitedUpstream(slow, bulkhead);
    Thread first = Thread.ofVirtual().start(() -> quietly(limited));
    await().until(() -> underWay.get() == 1);
    var outcome = new AtomicReference<Object>();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outcome.set(limited.read(REQUEST));
              } catch (InterruptedException e) {
                outcome.set(e);
              }
            });
    await().until(() -> waiting.getState() == Thread.State.WAITING);
    waiting.interrupt();
    waiting.join();

    assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(REQUEST.intake().attempts()).isZero();
    mayAnswer.release();
    first.join();
    assertThat(bulkhead.active()).isZero();
    mayAnswer.release();
    assertThat(limited.read(REQUEST)).isSameAs(ANSWER);
  }

  @Test
  void aCallThatFailsGivesItsPlaceBack() {
    var bulkhead = new Bulkhead(1);
    var limited =
        new LimitedUpstream(
            _ -> {
              throw new IllegalStateException("a bug");
            },
            bulkhead);

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> limited.read(REQUEST)).hasMessage("a bug");
    }
    assertThat(bulkhead.active()).isZero();
  }

  private static void quietly(Upstream upstream) {
    try {
      upstream.read(REQUEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
