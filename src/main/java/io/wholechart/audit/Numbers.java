package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Ended;
import io.wholechart.audit.AuditRecord.Outcome;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * By which number a record refers to another that is not in the journal: those of the spool, and of
 * accesses that were kept nowhere, have ranges of their own beyond any that a journal comes to.
 * Into the journal no such number gets.
 */
final class Numbers {
  static final long SPOOL = 100_000_000_000_000_000L;
  static final long VOLATILE = 2 * SPOOL;
  private static final long UNKNOWN = -1;
  private static final int MOST = 1 << 17;

  private final ConcurrentMap<Long, Long> copied = new ConcurrentHashMap<>();

  static boolean isSpooled(long number) {
    return number >= SPOOL && number < VOLATILE;
  }

  static boolean isVolatile(long number) {
    return number >= VOLATILE;
  }

  /** What this one refers to; 0 where to nothing. */
  static long of(AuditRecord record) {
    return switch (record) {
      case Outcome outcome -> outcome.intent();
      case Ended ended -> ended.of();
      default -> 0;
    };
  }

  /** The spool's record of this number is in the journal now. */
  void copied(long number, long seq) {
    if (copied.size() >= MOST) {
      copied.clear(); // of accesses that ended long ago
    }
    copied.put(number, seq);
  }

  /** Whether the journal has what this one refers to, as far as anybody will ever know. */
  boolean isKnown(AuditRecord record) {
    return journal(of(record)) != UNKNOWN;
  }

  /** The same with the journal's number. */
  AuditRecord resolved(AuditRecord record) {
    long number = of(record);
    if (number < SPOOL) {
      return record;
    }
    long seq = Math.max(0, journal(number));
    return switch (record) {
      case Outcome outcome ->
          new Outcome(
              outcome.stamp(),
              seq,
              outcome.request(),
              outcome.sources(),
              outcome.sections(),
              outcome.answer(),
              outcome.requests(),
              outcome.keptBack());
      case Ended ended -> new Ended(ended.stamp(), seq, ended.isDelivered(), ended.bytes());
      default -> record;
    };
  }

  private long journal(long number) {
    if (isVolatile(number)) {
      return 0; // its intent is in no file
    }
    return isSpooled(number) ? copied.getOrDefault(number, UNKNOWN) : number;
  }
}
