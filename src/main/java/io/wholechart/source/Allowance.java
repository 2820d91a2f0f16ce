package io.wholechart.source;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Allows one extra call for so many calls. Without a bound every failure of a source that is down
 * doubles what it is asked, just then.
 */
final class Allowance {
  private static final int MOST_EXTRA = 10;

  private final int callsEach;
  private final AtomicInteger saved;

  private Allowance(int callsEach, int saved) {
    this.callsEach = callsEach;
    this.saved = new AtomicInteger(saved);
  }

  /**
   * Of all calls one in ten may be a second one. Eleven, since it begins with one's worth: a source
   * may fail on its first call.
   */
  static Allowance ofRetries() {
    return new Allowance(11, 11);
  }

  /**
   * @param percent of all calls; more than none
   */
  static Allowance ofHedges(int percent) {
    return new Allowance((100 + percent - 1) / percent, 0);
  }

  /** A call was made. What is saved is bounded: a quiet night must not pay for a storm. */
  void earn() {
    int most = MOST_EXTRA * callsEach;
    if (saved.get() < most) { // the usual case costs no write
      saved.updateAndGet(calls -> Math.min(calls + 1, most));
    }
  }

  /** Whether an extra call may be made; if so, it is paid for. */
  boolean spend() {
    return saved.getAndUpdate(calls -> calls < callsEach ? calls : calls - callsEach) >= callsEach;
  }
}
