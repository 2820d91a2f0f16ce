package io.wholechart.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Two reads at the same time, each on a virtual thread that does not outlive the race: closing it
 * interrupts who still runs, which closes the connection, and waits until it has ended.
 *
 * <p>Not a StructuredTaskScope, which the fan-out alone uses: there a deadline is kept, and here
 * none is. What interrupts whoever waits here is passed on to both.
 */
final class Race implements AutoCloseable {
  /** A read, which may throw what reads throw. */
  interface Leg {
    UpstreamAnswer run() throws InterruptedException;
  }

  private record Arrival(@Nullable UpstreamAnswer answer, @Nullable RuntimeException bug) {}

  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final List<Thread> legs = new ArrayList<>(2);

  void start(Leg leg) {
    legs.add(Thread.ofVirtual().name("hedged").start(() -> run(leg)));
  }

  private void run(Leg leg) {
    try {
      arrivals.add(new Arrival(leg.run(), null));
    } catch (InterruptedException e) {
      // The race is over.
    } catch (RuntimeException e) {
      arrivals.add(new Arrival(null, e));
    }
  }

  /** The next answer; none where it takes longer. */
  Optional<UpstreamAnswer> next(Duration longest) throws InterruptedException {
    @Nullable Arrival arrival = arrivals.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    return arrival == null ? Optional.empty() : Optional.of(answer(arrival));
  }

  UpstreamAnswer next() throws InterruptedException {
    return answer(arrivals.take());
  }

  private static UpstreamAnswer answer(Arrival arrival) {
    if (arrival.answer() == null) {
      throw new IllegalStateException("a read failed", arrival.bug());
    }
    return arrival.answer();
  }

  @Override
  public void close() {
    boolean isInterrupted = false;
    legs.forEach(Thread::interrupt);
    for (Thread leg : legs) {
      while (leg.isAlive()) {
        try {
          leg.join();
        } catch (InterruptedException e) {
          isInterrupted = true; // it ends within milliseconds, and then this is passed on
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
