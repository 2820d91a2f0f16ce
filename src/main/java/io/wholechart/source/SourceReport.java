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
 * @param withheld what of it is kept from who asks
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
    Received received,
    Withheld withheld) {
  public SourceReport {
    sections = Set.copyOf(sections);
  }

  /** One of which nothing is withheld so far. */
  public SourceReport(
      String source,
      Set<Section> sections,
      SourceResult result,
      Duration elapsed,
      int attempts,
      @Nullable Instant asOf,
      @Nullable SourceId asked,
      @Nullable IdentityVerdict identity,
      Received received) {
    this(
        source,
        sections,
        result,
        elapsed,
        attempts,
        asOf,
        asked,
        identity,
        received,
        Withheld.NOTHING);
  }

  /** What is left of a source that is not asked, since all of it is kept from the caller. */
  public static SourceReport denied(String source, Set<Section> sections) {
    var failure = new Failure(FailureReason.DENIED, "was not asked: it is not for this caller");
    return new SourceReport(
        source,
        sections,
        new SourceResult.Failed(failure),
        Duration.ZERO,
        0,
        null,
        null,
        null,
        Received.NOTHING);
  }

  public SourceReport with(SourceResult other) {
    return new SourceReport(
        source, sections, other, elapsed, attempts, asOf, asked, identity, received, withheld);
  }

  public SourceReport without(Withheld kept) {
    return new SourceReport(
        source, sections, result, elapsed, attempts, asOf, asked, identity, received, kept);
  }

  /** Whether it was not asked because of who asks. */
  public boolean isDenied() {
    return result instanceof SourceResult.Failed(Failure cause)
        && cause.reason() == FailureReason.DENIED;
  }

  /** Whether the answer says that something of a section is kept from who asks. */
  public boolean isWithheld(Section section) {
    return withheld.said().contains(section) || (isDenied() && sections.contains(section));
  }

  public SourceReport identified(@Nullable IdentityVerdict verdict) {
    return new SourceReport(
        source, sections, result, elapsed, attempts, asOf, asked, verdict, received, withheld);
  }
}
