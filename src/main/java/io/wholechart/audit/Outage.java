package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Gap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the journal cannot be written. It ends with the record that tells of it, which is
 * the first thing that is written after it: nothing else is handed to the journal before.
 */
final class Outage {
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Instant since;
  private volatile boolean isOpen;

  Outage(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins one, unless there is one already. */
  void begin() {
    lock.lock();
    try {
      if (since == null) {
        since = clock.instant();
        isOpen = true;
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    return isOpen;
  }

  /** What is to be written of it now. */
  Optional<Gap> gap(Stamp stamp) {
    lock.lock();
    try {
      return Optional.ofNullable(since)
          .map(from -> new Gap(stamp, from, clock.instant(), 0, List.of()));
    } finally {
      lock.unlock();
    }
  }

  /** That is on disk. */
  void end() {
    lock.lock();
    try {
      since = null;
      isOpen = false;
    } finally {
      lock.unlock();
    }
  }
}
