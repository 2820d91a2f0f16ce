package io.wholechart.source;

import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source's part in one request.
 *
 * @param sections what it is responsible for
 * @param attempts how often it was asked the same thing; 0 when the request never left
 * @param asOf when what it said was true there: the time of its answer, or what the answer says
 *     itself
 * @param asked the id that it was asked by; null where none could be resolved
 * @param identity the worst that was found of an entry; null where there was none, or before the
 *     check
 * @param received what came over the wire
 */
public record SourceReport(
    String source,
    Set<Section> sections,
    SourceResult result,
    Duration elapsed,
    int attempts,
    @Nullable Instant asOf,
    @Nullable SourceId asked,
    @Nullable IdentityVerdict identity,
    Received received) {
  public SourceReport {
    sections = Set.copyOf(sections);
  }

  public SourceReport with(SourceResult other) {
    return new SourceReport(
        source, sections, other, elapsed, attempts, asOf, asked, identity, received);
  }

  public SourceReport identified(@Nullable IdentityVerdict verdict) {
    return new SourceReport(
        source, sections, result, elapsed, attempts, asOf, asked, verdict, received);
  }
}
