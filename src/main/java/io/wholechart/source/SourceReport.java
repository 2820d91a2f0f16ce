package io.wholechart.source;

import io.wholechart.patient.Section;
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
 */
public record SourceReport(
    String source,
    Set<Section> sections,
    SourceResult result,
    Duration elapsed,
    int attempts,
    @Nullable Instant asOf) {
  public SourceReport {
    sections = Set.copyOf(sections);
  }

  public SourceReport with(SourceResult other) {
    return new SourceReport(source, sections, other, elapsed, attempts, asOf);
  }
}
