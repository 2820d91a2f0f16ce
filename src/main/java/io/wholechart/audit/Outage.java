package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.journal.Appending;
import io.wholechart.journal.Receipt;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the journal cannot be written, and the emergencies that were answered in it and
 * kept nowhere. It ends with the record that tells of them, which is the first thing that is
 * written after it: nothing else is handed to the journal before.
 */
final class Outage {
  private final EmergencyPolicy policy;
  private final AuditSettings.EmergencyBounds bounds;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition begun = lock.newCondition();
  private final List<Unkept> unkept = new ArrayList<>();
  private @Nullable Instant since;
  private long firstReadNanos;
  private int reads; // since it began
  private long told; // of all accesses ever
  private long accesses; // ever
  private volatile boolean isOpen;

  /**
   * A record that is in no file, unless the journal's disk only hung.
   *
   * @param access its number
   */
  private record Unkept(long access, String hash, @Nullable Appending onItsWay) {}

  /**
   * What is to be written of it.
   *
   * @param records how many of those told before are in it
   */
  record Telling(Gap gap, int records, long accesses) {}

  Outage(EmergencyPolicy policy, AuditSettings.EmergencyBounds bounds, InstantSource clock) {
    this.policy = policy;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** Begins one, unless there is one already. */
  void begin() {
    lock.lock();
    try {
      if (since == null) {
        since = clock.instant();
        reads = 0;
        isOpen = true;
        begun.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Returns when there is one, or after this time. */
  void await(Duration within) throws InterruptedException {
    lock.lock();
    try {
      long left = within.toNanos();
      while (since == null && left > 0) {
        left = begun.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether one more emergency may be answered that is kept nowhere. */
  boolean hasRoom() {
    lock.lock();
    try {
      return policy == EmergencyPolicy.SERVE_BOUNDED
          && (since == null || reads == 0 || (reads < bounds.reads() && isInTime()));
    } finally {
      lock.unlock();
    }
  }

  private boolean isInTime() {
    return System.nanoTime() - firstReadNanos < bounds.time().toNanos();
  }

  /** Counts one more of them; its number, or none where it may not be answered. */
  OptionalLong admit() {
    lock.lock();
    try {
      if (!hasRoom()) {
        return OptionalLong.empty();
      }
      begin();
      if (reads++ == 0) {
        firstReadNanos = System.nanoTime();
      }
      return OptionalLong.of(++accesses);
    } finally {
      lock.unlock();
    }
  }

  /** Remembers what would have been written of one. */
  void remember(long access, byte[] content, @Nullable Appending onItsWay) {
    lock.lock();
    try {
      begin();
      unkept.add(new Unkept(access, hash(content), onItsWay));
    } finally {
      lock.unlock();
    }
  }

  /** What is to be written now. */
  Optional<Telling> telling(Stamp stamp) {
    lock.lock();
    try {
      @Nullable Instant from = since;
      if (from == null) {
        return Optional.empty();
      }
      List<String> hashes =
          unkept.stream()
              .filter(record -> !isThere(record.onItsWay()))
              .map(Unkept::hash)
              .limit(Gap.MOST_HASHES)
              .toList();
      var gap = new Gap(stamp, from, clock.instant(), accesses - told, hashes);
      return Optional.of(new Telling(gap, unkept.size(), accesses));
    } finally {
      lock.unlock();
    }
  }

  /** That is on disk. True where it told of everything, so that others may be written again. */
  boolean told(Telling telling) {
    lock.lock();
    try {
      unkept.subList(0, telling.records()).clear();
      told = telling.accesses();
      if (told < accesses || !unkept.isEmpty()) {
        since = telling.gap().to();
        return false;
      }
      since = null;
      isOpen = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** It was handed to the journal before, and got there after all. */
  private static boolean isThere(@Nullable Appending appending) {
    try {
      return appending != null && appending.await(Duration.ZERO) instanceof Receipt.Durable;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
