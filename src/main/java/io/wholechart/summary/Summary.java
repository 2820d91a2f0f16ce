package io.wholechart.summary;

import io.wholechart.completeness.EmptyReason;
import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.fhir.AnswerNames;
import io.wholechart.fhir.CompositionDraft;
import io.wholechart.fhir.DocumentAuthor;
import io.wholechart.patient.Absence;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.Section;
import io.wholechart.summary.SummaryDocument.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Composes the International Patient Summary of a chart.
 *
 * <p>A group of entries that say the same is listed by its first original; the others are in the
 * document as well. So is what any of them refers to, as far as the sources sent it. Every entry is
 * about the one merged Patient: with one Patient a source, a reader of the document would have to
 * find out that they are one person.
 */
public final class Summary {
  private static final String DEVICE = "wholechart"; // without a dot, as no source's resource is

  private final Chart chart;
  private final Edition edition;
  private final AnswerNames names;
  private final String patient;
  private final Parts parts;
  private final SectionNarrative narrative;

  private Summary(Chart chart, Edition edition) {
    this.chart = chart;
    this.edition = edition;
    String id = chart.id().value();
    this.patient = "Patient/" + id;
    this.names = AnswerNames.about(id, chart.entries());
    this.parts = new Parts(names, chart.entries());
    this.narrative = new SectionNarrative(parts);
  }

  /**
   * Composes a document.
   *
   * @param asked the edition that the caller asks for
   * @param identifier a UUID that no other document has
   */
  public static SummaryDocument of(
      Chart chart, Optional<Edition> asked, Instant at, String identifier) {
    Edition edition = asked.orElseGet(() -> fitting(chart));
    return new Summary(chart, edition).compose(at, identifier);
  }

  /** The older edition has no words for an empty section of which a source is missing. */
  private static Edition fitting(Chart chart) {
    for (SummarySection section : SummarySection.values()) {
      @Nullable SectionCompleteness its = chart.completeness().sections().get(section.section());
      if (its != null && its.state().isLacking() && EmptyReason.of(its).isPresent()) {
        return Edition.STU2;
      }
    }
    return Edition.STU1;
  }

  private SummaryDocument compose(Instant at, String identifier) {
    parts.add(Part.ours("Patient", chart.id().value(), MergedPatient.within(chart, names)));
    parts.add(Part.ours("Device", DEVICE, DocumentAuthor.device(DEVICE)));
    List<CompositionDraft.Section> sections = new ArrayList<>();
    for (SummarySection section : SummarySection.values()) {
      section(section).ifPresent(sections::add);
    }
    devices().ifPresent(sections::add);
    sections.add(CompletenessNarrative.section(chart));
    parts.addWhatIsReferredTo();
    var composition =
        new CompositionDraft(
            identifier,
            patient,
            at.toString(),
            "Device/" + DEVICE,
            "International Patient Summary",
            overview(at),
            sections);
    List<Part> all = new ArrayList<>();
    all.add(Part.ours("Composition", identifier, DocumentAuthor.composition(composition)));
    all.addAll(parts.all());
    return new SummaryDocument(identifier, at, edition, all);
  }

  private Optional<CompositionDraft.Section> section(SummarySection section) {
    @Nullable SectionCompleteness its = chart.completeness().sections().get(section.section());
    List<MergedEntry> entries = chart.record().in(section.section());
    @Nullable EmptyReason reason =
        its == null ? EmptyReason.UNAVAILABLE : EmptyReason.of(its).orElse(null);
    if (reason == null) {
      return Optional.of(draft(section, its, parts.list(entries), null));
    }
    boolean isTold =
        section.isRequired()
            || reason == EmptyReason.NIL_KNOWN
            || (its != null && its.state().isLacking());
    if (!isTold) {
      return Optional.empty();
    }
    return switch (edition) {
      case STU2 -> Optional.of(draft(section, its, List.of(), reason));
      case STU1 -> withEntries(section, its, reason, entries);
    };
  }

  private Optional<CompositionDraft.Section> withEntries(
      SummarySection section,
      @Nullable SectionCompleteness its,
      EmptyReason reason,
      List<MergedEntry> entries) {
    if (reason == EmptyReason.NIL_KNOWN) {
      List<MergedEntry> assertions =
          entries.stream()
              .filter(e -> Absence.isAsserted(section.section(), e.first().facts()))
              .toList();
      return Optional.of(draft(section, its, parts.list(assertions), null));
    }
    if (!section.canSayNoInformation()) {
      return Optional.empty(); // the section on completeness tells of it
    }
    String id = "no-information-" + section.section().key();
    var part =
        Part.ours(
            DocumentAuthor.typeOfNoInformation(section.section()),
            id,
            DocumentAuthor.noInformation(section.section(), id, patient));
    parts.add(part);
    return Optional.of(draft(section, its, List.of(part.reference()), null));
  }

  private CompositionDraft.Section draft(
      SummarySection section,
      @Nullable SectionCompleteness its,
      List<String> entries,
      @Nullable EmptyReason reason) {
    return new CompositionDraft.Section(
        section.title(),
        section.loinc(),
        read(new Xhtml(), section, its).toString(),
        entries,
        reason == null ? null : reason.code());
  }

  private Xhtml read(Xhtml into, SummarySection section, @Nullable SectionCompleteness its) {
    return narrative.write(into, section.section(), its, chart);
  }

  /** Of devices no source is responsible, so that they are shown where there are any. */
  private Optional<CompositionDraft.Section> devices() {
    List<MergedEntry> devices =
        chart.record().other().stream()
            .filter(entry -> entry.first().facts().type().equals("DeviceUseStatement"))
            .toList();
    if (devices.isEmpty()) {
      return Optional.empty();
    }
    String text = narrative.table(new Xhtml(), devices).toString();
    return Optional.of(
        new CompositionDraft.Section(
            "Medical devices", "46264-8", text, parts.list(devices), null));
  }

  /** What must not be overlooked, first; then what the whole rests on. */
  private String overview(Instant at) {
    @Nullable SectionCompleteness allergies =
        chart.completeness().sections().get(Section.ALLERGIES);
    var text = new Xhtml().heading(SummarySection.ALLERGIES.title());
    read(text, SummarySection.ALLERGIES, allergies).heading("What this summary rests on");
    text.paragraph("Gathered " + Wording.when(at) + ".");
    return CompletenessNarrative.sources(text, chart).toString();
  }
}
