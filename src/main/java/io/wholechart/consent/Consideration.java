package io.wholechart.consent;

import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import io.wholechart.source.Withheld;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Goes through what one source sent. */
final class Consideration {
  private final Consent consent;
  private final SourceReport report;
  private final Set<Section> said = EnumSet.noneOf(Section.class);
  private final Set<Section> unsaid = EnumSet.noneOf(Section.class);
  private boolean isOtherSaid;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final List<Entry> kept = new ArrayList<>();
  private final List<Entry> lifted = new ArrayList<>();
  private final List<Entry> shown = new ArrayList<>();

  Consideration(Consent consent, SourceReport report) {
    this.consent = consent;
    this.report = report;
  }

  SourceReport outcome() {
    report.sections().forEach(this::section);
    report.result().entries().forEach(this::entry);
    if (!kept.isEmpty()) {
      Set<Entry> orphans = Orphans.of(kept, shown);
      shown.removeIf(orphans::contains);
      lifted.removeIf(
          orphans::contains); // only scopes keep anything back where the glass is broken
      orphans.forEach(
          orphan -> keep(orphan, consent.isLifted() || consent.policy().showsWithheld()));
    }
    return report
        .with(left(report.result()))
        .without(new Withheld(said, unsaid, isOtherSaid, counts, lifted));
  }

  /** What is said of a section, whether or not there is anything in it. */
  private void section(Section section) {
    boolean isDenied =
        consent.denied().sections().contains(section)
            && !consent.isLifted()
            && consent.policy().showsWithheld();
    if (isDenied || !consent.readsAll(section)) {
      said.add(section);
    }
  }

  private void entry(Entry entry) {
    if (!consent.types().include(entry.facts().type())) {
      kept.add(entry);
      keep(entry, true);
    } else if (!isKeptBack(entry)) {
      shown.add(entry);
    } else if (consent.isLifted()) {
      shown.add(entry);
      lifted.add(entry);
    } else {
      kept.add(entry);
      keep(entry, consent.policy().showsWithheld());
    }
  }

  private boolean isKeptBack(Entry entry) {
    boolean isLabelled = !entry.facts().labels().isEmpty() || consent.isPart2(entry.source());
    return (isLabelled && !consent.isOpen()) || consent.denied().includes(entry.section());
  }

  private void keep(Entry entry, boolean isSaid) {
    Optional<Section> section = entry.section();
    counts.merge(section.map(Section::key).orElse(Withheld.OTHER), 1, Integer::sum);
    if (isSaid) {
      section.ifPresent(said::add);
      isOtherSaid |= section.isEmpty();
    } else {
      section.ifPresent(unsaid::add);
    }
  }

  private SourceResult left(SourceResult result) {
    return switch (result) {
      case SourceResult.Complete _ -> new SourceResult.Complete(shown);
      case SourceResult.Incomplete(_, var cause) -> new SourceResult.Incomplete(shown, cause);
      case SourceResult.NotFound notFound -> notFound;
      case SourceResult.Failed failed -> failed;
    };
  }
}
