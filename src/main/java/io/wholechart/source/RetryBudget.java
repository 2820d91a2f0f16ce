package io.wholechart.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Allows one call in ten to be made again. Without a bound every failure of a source that is down
 * doubles what it is asked, just then; with it that is never more than a tenth.
 */
final class RetryBudget {
  private static final int CALLS_A_RETRY = 10;
  private static final int MOST_SAVED = 10 * CALLS_A_RETRY;

  // Begins with one retry's worth: a source may fail on its first call.
  private final AtomicInteger saved = new AtomicInteger(CALLS_A_RETRY);

  /** A call was made. What is saved is bounded: a quiet night must not pay for a storm. */
  void earn() {
    saved.updateAndGet(calls -> Math.min(calls + 1, MOST_SAVED));
  }

  /** Whether a call may be made again; if so, it is paid for. */
  boolean spend() {
    return saved.getAndUpdate(calls -> calls < CALLS_A_RETRY ? calls : calls - CALLS_A_RETRY)
        >= CALLS_A_RETRY;
  }
}
