package io.wholechart.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works a list off with a few virtual threads, and hands each result over as soon as it is there.
 *
 * <p>At most as many results as there are threads wait to be taken. Once nobody wants more, nothing
 * new is begun; what is under way ends by itself, so that it is recorded as what it was.
 */
final class Worklist<T, R> {
  private final List<T> items;
  private final Function<T, R> work;
  private final SynchronousQueue<Outcome<R>> outcomes = new SynchronousQueue<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicBoolean isAbandoned = new AtomicBoolean();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  private sealed interface Outcome<R> {
    record Done<R>(R result) implements Outcome<R> {}

    /** A thread has no more to do. */
    record Ended<R>() implements Outcome<R> {}
  }

  /** Takes results, and says whether it wants more. */
  interface Taker<R> {
    boolean take(R result);
  }

  Worklist(List<T> items, Function<T, R> work) {
    this.items = List.copyOf(items);
    this.work = work;
  }

  /** Returns when every thread has ended, and rethrows what one of them failed with. */
  void run(int threads, Taker<R> taker) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, items.size()); i++) {
      workers.add(Thread.ofVirtual().name("batch").start(this::work));
    }
    try {
      for (int running = workers.size(); running > 0; ) {
        switch (outcomes.take()) {
          case Outcome.Done<R>(R result) -> {
            if (!isAbandoned.get() && !taker.take(result)) {
              isAbandoned.set(true);
            }
          }
          case Outcome.Ended<R> _ -> running--;
        }
      }
    } finally {
      isAbandoned.set(true);
      workers.forEach(Thread::interrupt); // they have ended, unless this thread was interrupted
      for (Thread worker : workers) {
        worker.join();
      }
    }
    @Nullable RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private void work() {
    try {
      try {
        for (int i = next.getAndIncrement();
            i < items.size() && !isAbandoned.get();
            i = next.getAndIncrement()) {
          outcomes.put(new Outcome.Done<>(work.apply(items.get(i))));
        }
      } catch (RuntimeException e) {
        isAbandoned.set(true);
        failure.compareAndSet(null, e);
      } finally {
        outcomes.put(new Outcome.Ended<>());
      }
    } catch (InterruptedException e) {
      // the server stops, and nobody takes any more
    }
  }
}
