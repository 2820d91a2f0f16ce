package io.wholechart.source;

import static io.wholechart.source.Calls.REFUSED;
import static io.wholechart.source.Calls.SICK;
import static io.wholechart.source.Calls.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.patient.Urgency;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 95 of 100 calls take 20 ms. What is slow here is so until it is interrupted. */
class HedgingUpstreamTest {
  private static final Replicas REPLICAS =
      new Replicas(List.of(URI.create("http://a"), URI.create("http://b")));

  private final AtomicInteger[] asked = {new AtomicInteger(), new AtomicInteger()};
  private final AtomicInteger[] cutOff = {new AtomicInteger(), new AtomicInteger()};
  private final Upstream[] replicas = {_ -> WELL, _ -> WELL};
  private final Recent recent = new Recent();
  private final Bulkhead bulkhead = new Bulkhead(2);
  private final AtomicInteger hedges = new AtomicInteger();
  private final AtomicInteger failovers = new AtomicInteger();
  private final HedgingUpstream upstream =
      new HedgingUpstream(
          new FailoverUpstream(
              List.of(replica(0), replica(1)),
              REPLICAS,
              _ -> false,
              System::nanoTime,
              failovers::incrementAndGet),
          recent,
          Allowance.ofHedges(5),
          bulkhead,
          System::nanoTime,
          hedges::incrementAndGet);

  @BeforeEach
  void knowWhatIsUsualAndSaveForAHedge() throws Exception {
    usual(Duration.ofMillis(20));
    for (int i = 0; i < 20; i++) {
      upstream.read(Calls.request(Urgency.NORMAL));
    }
    asked[0].set(0);
  }

  @Test
  void anEmergencyThatTakesLongAsksTheOtherReplicaAndTheLoserIsCutOff() throws Exception {
    replicas[0] = this::hang;
    UpstreamRequest request = Calls.request(Urgency.EMERGENCY);

    assertThat(((UpstreamAnswer.Answered) upstream.read(request)).replica()).isOne();
    assertThat(hedges).hasValue(1);
    assertThat(cutOff[0]).hasValue(1); // by the time that the call returns
    assertThat(request.intake().attempts()).isEqualTo(2);
    assertThat(request.intake().entries()).isEmpty();
    assertThat(bulkhead.active()).isZero();
  }

  @Test
  void theFirstMayStillWin() throws Exception {
    var hedged = new CountDownLatch(1);
    replicas[0] =
        _ -> {
          hedged.await();
          return WELL;
        };
    replicas[1] =
        request -> {
          hedged.countDown();
          return hang(request);
        };

    assertThat(((UpstreamAnswer.Answered) read()).replica()).isZero();
    assertThat(cutOff[1]).hasValue(1);
  }

  @Test
  void aBadAnswerDoesNotWin() throws Exception {
    var hedged = new CountDownLatch(1);
    replicas[0] =
        _ -> {
          hedged.await();
          return WELL;
        };
    replicas[1] =
        _ -> {
          hedged.countDown();
          return SICK;
        };

    assertThat(read()).isSameAs(WELL);
  }

  @Test
  void whoIsNotUrgentWaits() throws Exception {
    replicas[0] = this::slow;

    assertThat(upstream.read(Calls.request(Urgency.URGENT))).isSameAs(WELL);
    assertThat(hedges).hasValue(0);
  }

  @Test
  void whileTheSourceThrottlesNobodyHedges() throws Exception {
    replicas[0] = this::slow;
    recent.throttled(Duration.ZERO, System.nanoTime());

    assertThat(read()).isSameAs(WELL);
    assertThat(hedges).hasValue(0);
  }

  @Test
  void aHedgeNeedsAPlaceInTheBulkhead() throws Exception {
    replicas[0] = this::slow;
    bulkhead.enter();
    bulkhead.enter();

    assertThat(read()).isSameAs(WELL);
    assertThat(hedges).hasValue(0);
    assertThat(bulkhead.active()).isEqualTo(2);
  }

  @Test
  void atMostFiveOfAHundredCallsAreHedged() throws Exception {
    for (int i = 0; i < 100; i++) {
      replicas[0] = i % 10 == 0 ? this::slow : _ -> WELL;
      read();
    }

    assertThat(hedges.get()).isPositive().isLessThanOrEqualTo((100 + 20) / 20);
  }

  @Test
  void aFurtherPageIsNotHedged() throws Exception {
    replicas[0] = this::slow;

    assertThat(upstream.read(Calls.request(Urgency.EMERGENCY).only(0))).isSameAs(WELL);
    assertThat(hedges).hasValue(0);
  }

  @Test
  void aQuickFailureIsAFailoverAndNoHedge() throws Exception {
    usual(Duration.ofMinutes(1));
    replicas[0] = _ -> REFUSED;

    assertThat(((UpstreamAnswer.Answered) read()).replica()).isOne();
    assertThat(hedges).hasValue(0);
    assertThat(failovers).hasValue(1);
    replicas[1] = _ -> SICK;
    assertThat(read()).isSameAs(SICK);
  }

  @Test
  void theDeadlineReachesBoth() throws Exception {
    replicas[0] = this::hang;
    replicas[1] = this::hang;
    var task = new FutureTask<>(this::read);
    Thread caller = Thread.ofVirtual().start(task);
    await().until(() -> asked[1].get() == 1);
    caller.interrupt();
    caller.join();

    assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(cutOff[0]).hasValue(1);
    assertThat(cutOff[1]).hasValue(1);
    assertThat(bulkhead.active()).isZero();
  }

  @Test
  void aBugInOneLegIsNoHang() {
    replicas[0] =
        _ -> {
          throw new IllegalArgumentException("a bug");
        };

    assertThatThrownBy(this::read).hasRootCauseMessage("a bug");
  }

  private void usual(Duration duration) {
    for (int i = 0; i < 512; i++) {
      recent.took(duration.toNanos());
    }
  }

  private Upstream replica(int number) {
    return request -> {
      asked[number].incrementAndGet();
      try {
        return replicas[number].read(request);
      } catch (InterruptedException e) {
        cutOff[number].incrementAndGet();
        throw e;
      }
    };
  }

  private UpstreamAnswer hang(UpstreamRequest request) throws InterruptedException {
    new CountDownLatch(1).await();
    return WELL;
  }

  /** Longer than is usual, and well if it is left alone. */
  private UpstreamAnswer slow(UpstreamRequest request) throws InterruptedException {
    Thread.sleep(50);
    return WELL;
  }

  private UpstreamAnswer read() throws InterruptedException {
    return upstream.read(Calls.request(Urgency.EMERGENCY));
  }
}
