package io.wholechart.source;

import io.wholechart.fhir.Resource;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call has read so far. It belongs to the call's thread until that has ended; only then
 * does anybody else look into it.
 */
public final class Intake {
  private final String source;
  private final Patience patience;
  private final List<Entry> entries = new ArrayList<>();
  private int attempts;
  private @Nullable Instant asOf;
  private Received received = Received.NOTHING;

  public Intake(String source, Patience patience) {
    this.source = source;
    this.patience = patience;
  }

  /** A request is about to leave, and this is the how-manieth time that it does. */
  void asking(int attempt) {
    attempts = Math.max(attempts, attempt);
  }

  /**
   * Takes what one payload held.
   *
   * @param answeredAt when it was true at the source, for resources that do not say so themselves
   */
  void add(List<Resource> resources, Instant answeredAt) {
    if (asOf == null || answeredAt.isBefore(asOf)) {
      asOf = answeredAt; // the oldest part decides how fresh the whole is
    }
    for (Resource resource : resources) {
      @Nullable Instant updated = resource.facts().lastUpdated();
      entries.add(
          new Entry(
              source,
              resource.bytes(),
              resource.facts(),
              updated == null ? answeredAt : updated,
              IdentityVerdict.UNVERIFIED));
    }
  }

  /** A read has come to its end, and this is what came. */
  void received(Received more) {
    received = received.and(more);
  }

  Patience patience() {
    return patience;
  }

  public String source() {
    return source;
  }

  public List<Entry> entries() {
    return entries;
  }

  public int attempts() {
    return attempts;
  }

  public Received received() {
    return received;
  }

  public @Nullable Instant asOf() {
    return asOf;
  }
}
