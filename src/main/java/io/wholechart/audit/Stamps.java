package io.wholechart.audit;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** Stamps of this run, and whether the clock that people read was set between two of them. */
final class Stamps {
  private static final long SET_BY_MS = 1000;

  /** How long a slow drift may add up until it is taken for what it is. */
  private static final long SETTLED_NANOS = 10_000_000_000L;

  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long began;
  private final String run;
  private final AtomicReference<Seen> seen;

  /**
   * What was seen last.
   *
   * @param offsetMs between the two clocks
   */
  private record Seen(long mono, long offsetMs) {}

  Stamps(InstantSource clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
    this.run = "%08x".formatted(new SecureRandom().nextInt());
    this.seen = new AtomicReference<>(seen(stamp()));
  }

  Stamp stamp() {
    return new Stamp(clock.instant(), nanoTime.getAsLong() - began, run);
  }

  /** By how many milliseconds the clock was set since the last stamp; 0 where it was not. */
  long moved(Stamp stamp) {
    Seen before = seen.get();
    Seen now = seen(stamp);
    if (now.mono - before.mono <= 0) {
      return 0; // stamped before the one that was seen last, and held against it already
    }
    long moved = now.offsetMs - before.offsetMs;
    boolean isSet = Math.abs(moved) >= SET_BY_MS;
    if (isSet || now.mono - before.mono > SETTLED_NANOS) {
      return seen.compareAndSet(before, now) && isSet ? moved : 0;
    }
    return 0;
  }

  private static Seen seen(Stamp stamp) {
    return new Seen(stamp.mono(), stamp.at().toEpochMilli() - stamp.mono() / 1_000_000);
  }
}
