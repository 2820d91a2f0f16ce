package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.fhir.AnswerNames;
import io.wholechart.fhir.LinkageJson;
import io.wholechart.fhir.ProvenanceJson;
import io.wholechart.fhir.Splice;
import io.wholechart.http.SearchsetEntry.Mode;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entries of {@code $everything}, in the order of the native answer: by section, what says the
 * same side by side. They are never made into one resource; a Linkage says that they belong
 * together, and a Provenance which of them are whose.
 */
final class Everything {
  private final EverythingRequest request;
  private final Instant at;
  private final AnswerNames names;
  private final List<SearchsetEntry> entries = new ArrayList<>();
  private final List<SearchsetEntry> linkages = new ArrayList<>();
  private final Map<String, List<String>> bySource = new LinkedHashMap<>();

  private Everything(EverythingRequest request, Aggregation aggregation, Instant at) {
    this.request = request;
    this.at = at;
    this.names =
        AnswerNames.of(
            aggregation.reports().stream().flatMap(r -> r.result().entries().stream()).toList());
  }

  /**
   * What was asked for of a chart.
   *
   * @param entries what is there, and whose it is
   * @param outcomes what is missing of the chart and what its sources disagree on
   */
  record Gathered(List<SearchsetEntry> entries, List<SearchsetEntry> outcomes) {}

  static Gathered of(EverythingRequest request, Aggregation aggregation, Instant at) {
    var everything = new Everything(request, aggregation, at);
    everything.add(aggregation.record());
    everything.entries.addAll(everything.linkages);
    aggregation.reports().forEach(everything::provenance);
    List<SearchsetEntry> outcomes = new ArrayList<>(MissingSources.of(aggregation.reports()));
    outcomes.addAll(MissingSources.withheld(aggregation.completeness().withheld()));
    Disagreements.of(aggregation.record().conflicts(), everything.names).ifPresent(outcomes::add);
    return new Gathered(everything.entries, outcomes);
  }

  private void add(PatientRecord record) {
    for (Section section : Section.values()) {
      List<MergedEntry> merged = record.in(section);
      if (section == Section.PATIENT) {
        patients(merged);
      } else {
        merged.forEach(entry -> linked(entry.originals()));
      }
    }
    record.other().forEach(entry -> linked(entry.originals()));
  }

  /** One person, however many sources describe them; who is not sure to be that one is no link. */
  private void patients(List<MergedEntry> merged) {
    List<String> same = new ArrayList<>();
    for (MergedEntry patient : merged) {
      for (Entry entry : patient.originals()) {
        @Nullable String reference = match(entry);
        if (reference != null && entry.identity() == IdentityVerdict.MATCH) {
          same.add(reference);
        }
      }
    }
    link(same);
  }

  private void linked(List<Entry> originals) {
    if (originals.size() == 1) {
      var _ = match(originals.getFirst());
      return;
    }
    List<String> same = new ArrayList<>();
    for (Entry entry : originals) {
      @Nullable String reference = match(entry);
      if (reference != null) {
        same.add(reference);
      }
    }
    link(same);
  }

  private void link(List<String> same) {
    if (same.size() > 1 && isAsked("Linkage")) {
      linkages.add(
          SearchsetEntry.of(
              "Linkage/" + LinkageJson.id(same), LinkageJson.write(same), Mode.INCLUDE));
    }
  }

  /** Adds the entry if it is asked for, and says what it is called; null where it is not there. */
  private @Nullable String match(Entry entry) {
    @Nullable String id = names.id(entry);
    if (id == null || !isAsked(entry)) {
      return null;
    }
    String reference = entry.facts().type() + "/" + id;
    entries.add(
        new SearchsetEntry(reference, Splice.of(entry, id, names), Mode.MATCH, entry.identity()));
    bySource.computeIfAbsent(entry.source(), _ -> new ArrayList<>()).add(reference);
    return reference;
  }

  private boolean isAsked(Entry entry) {
    @Nullable Instant updated = entry.facts().lastUpdated();
    boolean isOld = // what does not say when it changed may have changed
        request.since() != null
            && updated != null
            && updated.toEpochMilli() < request.since().epochMillis();
    return !isOld && isAsked(entry.facts().type()) && request.dates().include(entry);
  }

  private boolean isAsked(String type) {
    return request.types().isEmpty() || request.types().contains(type);
  }

  private void provenance(SourceReport report) {
    List<String> targets = bySource.getOrDefault(report.source(), List.of());
    if (!targets.isEmpty() && isAsked("Provenance")) {
      String id = "provenance-" + report.source();
      byte[] json =
          ProvenanceJson.write(
              id,
              report.source(),
              targets,
              report.asOf() == null ? null : Objects.toString(report.asOf()),
              at.toString());
      entries.add(SearchsetEntry.of("Provenance/" + id, json, Mode.INCLUDE));
    }
  }
}
