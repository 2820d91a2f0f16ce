package io.wholechart.consent;

import io.wholechart.patient.PatientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The glasses that are broken just now: what a caller said once holds for that caller and that
 * patient until it is over, so that a chart that is read in several requests is not half withheld.
 */
public final class Grants {
  /** No hospital has as many emergencies in a quarter of an hour; the oldest make room. */
  private static final int MOST = 10_000;

  private final Duration lasts;
  // The oldest first, for all last equally long.
  private final Map<Key, Grant> open = new LinkedHashMap<>();

  /**
   * Whose it is, and for whom.
   *
   * @param caller whoever it is; two that are equal are the same
   */
  private record Key(Object caller, PatientId patient) {}

  public Grants(Duration lasts) {
    this.lasts = lasts;
  }

  /** Breaks a glass; one that is broken already is broken anew. */
  public synchronized Grant give(
      Object caller, PatientId patient, BreakGlass.Asked asked, Instant now) {
    var key = new Key(caller, patient);
    var grant = new Grant(asked.code(), asked.reason(), now.plus(lasts));
    open.remove(key);
    open.put(key, grant);
    forget(now);
    return grant;
  }

  public synchronized Optional<Grant> find(Object caller, PatientId patient, Instant now) {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(open.get(new Key(caller, patient)))
        .filter(grant -> isOpen(grant, now));
  }

  /** The clock may go back, and a grant must not last the longer for it. */
  private boolean isOpen(Grant grant, Instant now) {
    return now.isBefore(grant.until()) && !now.plus(lasts).isBefore(grant.until());
  }

  private void forget(Instant now) {
    Iterator<Grant> oldest = open.values().iterator();
    while (oldest.hasNext()) {
      Grant grant = oldest.next();
      if (open.size() <= MOST && isOpen(grant, now)) {
        return;
      }
      oldest.remove();
    }
  }

  synchronized int size() {
    return open.size();
  }
}
