package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final AtomicInteger lookups = new AtomicInteger();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private volatile Names.Resolver resolver = _ -> InetAddress.getLoopbackAddress();
  private volatile long now;
  private final Names names =
      new Names(
          host -> {
            lookups.incrementAndGet();
            return resolver.resolve(host);
          },
          () -> now);

  @Test
  void aNameIsLookedUpOnceInAWhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(names.address("lab.example").isLoopbackAddress()).isTrue();
    }
    assertThat(lookups).hasValue(1);
  }

  @Test
  void anAddressIsNotLookedUp() throws Exception {
    assertThat(names.address("127.0.0.1").isLoopbackAddress()).isTrue();
    assertThat(names.address("[::1]").isLoopbackAddress()).isTrue();
    assertThat(lookups).hasValue(0);
  }

  @Test
  void aResolverThatHangsHoldsOneThreadANameAndNobodyWhoseDeadlineStrikes() throws Exception {
    resolver = this::hang;
    List<Thread> callers = new ArrayList<>();
    var interrupted = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      callers.add(Thread.ofVirtual().start(() -> ask(interrupted)));
    }
    await().until(() -> callers.stream().allMatch(c -> c.getState() == Thread.State.WAITING));
    callers.forEach(Thread::interrupt);
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(interrupted).hasValue(100);
    assertThat(lookups).hasValue(1);
    mayAnswer.countDown();
    assertThat(names.address("lab.example").isLoopbackAddress()).isTrue();
  }

  @Test
  void whatWasFoundIsUsedAWhileLongerWhereTheResolverHangs() throws Exception {
    names.address("lab.example");
    resolver = this::hang;
    now += Duration.ofSeconds(31).toNanos();

    for (int i = 0; i < 5; i++) {
      assertThat(names.address("lab.example").isLoopbackAddress()).isTrue();
    }
    await().untilAtomic(lookups, org.hamcrest.Matchers.is(2));
    mayAnswer.countDown();
  }

  @Test
  void whatIsNotFoundIsAskedForAgain() throws Exception {
    var problem = new AtomicReference<UnknownHostException>(new UnknownHostException());
    resolver =
        _ -> {
          throw problem.get();
        };

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> names.address("lab.example"))
          .isInstanceOf(UnknownHostException.class);
    }
    assertThat(lookups).hasValue(2);
  }

  private void ask(AtomicInteger interrupted) {
    try {
      names.address("lab.example");
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private InetAddress hang(String host) {
    boolean isInterrupted = false;
    while (mayAnswer.getCount() > 0) {
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        isInterrupted = true; // as the system's: it does not listen
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return InetAddress.getLoopbackAddress();
  }
}
