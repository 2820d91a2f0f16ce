package io.wholechart.source;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Decides whether a replica is asked at all: not while most of its last calls failed.
 *
 * <p>Closed, it lets all calls pass; open, none for a moment; then, half-open, a few trial calls
 * decide. An emergency does not wait for that moment to end: it may be the trial itself, one at a
 * time and a few a second, and if that call comes well the others are let in at once.
 */
final class Breaker {
  /** Four emergencies a second are no load, and find a source that is well again soon enough. */
  private static final Duration BETWEEN_TRIALS = Duration.ofMillis(250);

  // A call's leave and the state that it was given in are one step, and so is what comes of it.
  // Otherwise whoever gets leave while another's makes the breaker half-open would be taken for one
  // of the state before, and its trial call never be counted: half-open it would stay, for good.
  private final ReentrantLock lock = new ReentrantLock();
  private final CircuitBreaker circuit;
  private final LongSupplier ticker;
  private final long openNanos;
  private final AtomicBoolean isTrialUnderWay = new AtomicBoolean();
  private volatile long lastTrial;
  private volatile long openUntil;
  private int changes; // of state; under the lock

  Breaker(String name, BreakerSettings settings, LongSupplier ticker) {
    this.ticker = ticker;
    this.openNanos = settings.openFor().toNanos();
    this.circuit = CircuitBreaker.of(name, config(settings, ticker));
    circuit
        .getEventPublisher()
        .onStateTransition(change -> {
          changes++;
          if (change.getStateTransition().getToState() == State.OPEN) {
            openUntil = ticker.getAsLong() + openNanos;
            lastTrial = ticker.getAsLong(); // what opened it was a call as well
          }
        });
  }

  private static CircuitBreakerConfig config(BreakerSettings settings, LongSupplier ticker) {
    int seconds = Math.toIntExact(settings.window().toSeconds());
    return CircuitBreakerConfig.custom()
        .slidingWindow(seconds, settings.minimumCalls(), SlidingWindowType.TIME_BASED)
        .failureRateThreshold(settings.failurePercent())
        .waitDurationInOpenState(settings.openFor())
        .permittedNumberOfCallsInHalfOpenState(settings.trialCalls())
        .clock(new Ticks(ticker))
        .build();
  }

  /** A call that may be made; exactly one of its methods says how it ended. */
  interface Pass {
    void succeeded(Duration took);

    void failed(Duration took);

    /** It says nothing about the source: it was given up for a reason of ours. */
    void withdrawn();
  }

  /** Leave to call, or none. */
  Optional<Pass> admit(boolean isEmergency) {
    lock.lock();
    try {
      if (circuit.tryAcquirePermission()) {
        return Optional.of(new Counted(changes));
      }
    } finally {
      lock.unlock();
    }
    return isEmergency && mayTry() ? Optional.of(new Trial()) : Optional.empty();
  }

  /** Whether the next call is turned away, unless an emergency makes it. */
  boolean isOpen() {
    return circuit.getState() == State.OPEN && ticker.getAsLong() - openUntil < 0;
  }

  /** Whether all is well, as far as is known. */
  boolean isClosed() {
    return circuit.getState() == State.CLOSED;
  }

  private void inOneStep(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private boolean mayTry() {
    long now = ticker.getAsLong();
    if (now - lastTrial < BETWEEN_TRIALS.toNanos() || !isTrialUnderWay.compareAndSet(false, true)) {
      return false;
    }
    lastTrial = now;
    return true;
  }

  /**
   * Counted, unless the breaker has changed its state meanwhile. The library would count it even
   * then: calls that hung before it opened would be taken for the trial calls, and one after the
   * other keep it open.
   */
  private final class Counted implements Pass {
    private final int since;

    private Counted(int since) {
      this.since = since;
    }

    @Override
    public void succeeded(Duration took) {
      ended(() -> circuit.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public void failed(Duration took) {
      ended(() -> circuit.onError(took.toNanos(), TimeUnit.NANOSECONDS, new Failed()));
    }

    @Override
    public void withdrawn() {
      ended(circuit::releasePermission);
    }

    private void ended(Runnable count) {
      inOneStep(() -> {
        if (changes == since) {
          count.run();
        }
      });
    }
  }

  /** Not counted: the trial calls of the half-open state are, and this one makes room for them. */
  private final class Trial implements Pass {
    @Override
    public void succeeded(Duration took) {
      isTrialUnderWay.set(false);
      inOneStep(() -> {
        if (circuit.getState() == State.OPEN) {
          circuit.transitionToHalfOpenState();
        }
      });
    }

    @Override
    public void failed(Duration took) {
      isTrialUnderWay.set(false);
    }

    @Override
    public void withdrawn() {
      isTrialUnderWay.set(false);
    }
  }

  /** The library wants an exception for every failure; ours are data. */
  private static final class Failed extends Exception {
    private Failed() {
      super("failed", null, false, false);
    }
  }

  /** The ticker as a clock: a wall clock that is set back must not keep a breaker open. */
  private static final class Ticks extends Clock {
    private final LongSupplier ticker;

    private Ticks(LongSupplier ticker) {
      this.ticker = ticker;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(ticker.getAsLong());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
