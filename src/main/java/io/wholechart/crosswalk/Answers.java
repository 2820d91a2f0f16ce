package io.wholechart.crosswalk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A service's answers, kept for a while: the least recently used goes first. */
final class Answers {
  /** A question: the caller's id, and the system that its counterpart is wanted of. */
  record Question(String id, String system) {
    @Override
    public String toString() {
      return "Question[withheld]";
    }
  }

  private record Kept(Resolution answer, long since) {}

  private final int most;
  private final Duration age;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  Answers(int most, Duration age, LongSupplier ticker) {
    this.most = most;
    this.age = age;
    this.ticker = ticker;
  }

  Optional<Resolution> to(Question question) {
    lock.lock();
    try {
      @Nullable Kept found = kept.get(question);
      if (found == null) {
        return Optional.empty();
      }
      if (ticker.getAsLong() - found.since() >= age.toNanos()) {
        kept.remove(question);
        return Optional.empty();
      }
      return Optional.of(found.answer());
    } finally {
      lock.unlock();
    }
  }

  void keep(Question question, Resolution answer) {
    lock.lock();
    try {
      kept.put(question, new Kept(answer, ticker.getAsLong()));
      if (kept.size() > most) {
        kept.remove(kept.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return kept.size();
    } finally {
      lock.unlock();
    }
  }
}
