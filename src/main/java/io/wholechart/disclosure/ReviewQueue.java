package io.wholechart.disclosure;

import io.wholechart.audit.Purpose;
import java.io.IOException;
import java.util.Optional;

/**
 * The emergency and break-glass accesses that nobody has looked at since.
 *
 * <p>In the order of the log, oldest first; what an emergency was refused is nobody's concern here.
 */
public final class ReviewQueue {
  private final RecordLog log;
  private final Reviews closed;
  private final Period period;

  public ReviewQueue(RecordLog log, Reviews closed, Period period) {
    this.log = log;
    this.closed = closed;
    this.period = period;
  }

  /** Writes the queue for people, and says how long it is. */
  public long text(Appendable out) throws IOException {
    long waiting = 0;
    for (Optional<Disclosure> next = next(); next.isPresent(); next = next()) {
      waiting++;
      var access = next.get();
      out.append(access.seq() + "  " + access.at() + "  patient ");
      out.append(access.request().patientId() + "\n");
      out.append("  who   " + Words.recipient(access.request().agent()) + "\n");
      out.append("  why   " + Words.purpose(access.request().purpose()) + "\n");
      out.append("  what  " + access.what() + "\n\n");
    }
    out.append(waiting + (waiting == 1 ? " waits" : " wait") + " for review\n");
    return waiting;
  }

  private Optional<Disclosure> next() throws IOException {
    while (log.next()) {
      Optional<Disclosure> access = toReview(log.current());
      if (access.filter(this::isWaiting).isPresent()) {
        return access;
      }
    }
    return Optional.empty();
  }

  private boolean isWaiting(Disclosure access) {
    return period.contains(access.at()) && !closed.contains(access.seq());
  }

  /** The access, if it is of those that are reviewed. */
  static Optional<Disclosure> toReview(Recorded recorded) {
    return Disclosure.of(recorded)
        .filter(access -> access.request().patientId() != null)
        .filter(access -> isToReview(access.request().purpose()));
  }

  private static boolean isToReview(Purpose purpose) {
    return purpose.purposeOfUse().equals(Purpose.BREAK_THE_GLASS)
        || purpose.purposeOfUse().equals(Purpose.EMERGENCY_TREATMENT)
        || "emergency".equals(purpose.urgencyGranted());
  }
}
