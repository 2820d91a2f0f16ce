package io.wholechart.patient;

import java.time.Instant;
import java.util.Optional;

/**
 * One FHIR R4 resource with the source it came from and the time it was true there.
 *
 * @param source the source's configured name
 * @param asOf {@code meta.lastUpdated} where the resource says so, otherwise when the source
 *     answered
 * @param identity how sure we are that it is this patient's
 */
public record Entry(
    String source,
    ResourceBytes bytes,
    ResourceFacts facts,
    Instant asOf,
    IdentityVerdict identity) {

  public Optional<Section> section() {
    return Section.ofType(facts.type());
  }

  public Entry withIdentity(IdentityVerdict verdict) {
    return verdict == identity ? this : new Entry(source, bytes, facts, asOf, verdict);
  }

  @Override
  public String toString() {
    return "Entry[" + facts.type() + " from " + source + "]";
  }
}
