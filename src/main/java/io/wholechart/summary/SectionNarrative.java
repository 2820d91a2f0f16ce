package io.wholechart.summary;

import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.fhir.ResourceText;
import io.wholechart.fhir.ResourceTextReader;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person reads of a section: how it stands, and a line for each entry. */
final class SectionNarrative {
  private static final List<String> HEADS = List.of("What", "Details", "Status", "When", "Source");

  private final Parts parts;

  SectionNarrative(Parts parts) {
    this.parts = parts;
  }

  Xhtml write(Xhtml into, Section section, @Nullable SectionCompleteness its, Chart chart) {
    into.paragraph(Wording.of(its, chart.reports()));
    for (Conflict conflict : chart.record().conflictsIn(section)) {
      into.paragraph(Wording.of(conflict));
    }
    return table(into, chart.record().in(section));
  }

  Xhtml table(Xhtml into, List<MergedEntry> entries) {
    return entries.isEmpty() ? into : into.table(HEADS, entries.stream().map(this::row).toList());
  }

  private List<String> row(MergedEntry merged) {
    Entry entry = merged.first();
    ResourceFacts facts = entry.facts();
    ResourceText text = ResourceTextReader.read(facts.type(), entry.bytes());
    List<String> details = new ArrayList<>(text.details());
    if (merged.originals().stream().anyMatch(e -> e.identity() != IdentityVerdict.MATCH)) {
      details.add("not proven to be this patient's");
    }
    return List.of(
        text.what().or(() -> medication(entry, text)).orElseGet(() -> code(facts)),
        String.join("; ", details),
        Wording.status(facts),
        Wording.when(facts.time()),
        String.join(", ", merged.sources()));
  }

  /** A drug may stand in a resource of its own. */
  private Optional<String> medication(Entry entry, ResourceText text) {
    return text.medication()
        .flatMap(written -> parts.referred(entry, written))
        .flatMap(drug -> ResourceTextReader.read(drug.facts().type(), drug.bytes()).what());
  }

  private static String code(ResourceFacts facts) {
    return facts.codings().stream()
        .findFirst()
        .map(Coding::code)
        .orElse(facts.type() + " without a name");
  }
}
