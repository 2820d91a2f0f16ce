package io.wholechart.summary;

import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.fhir.CompositionDraft;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.util.ArrayList;
import java.util.List;

/** What a person reads of the whole: which sources answered, and how every section stands. */
final class CompletenessNarrative {
  private static final String TITLE = "What this summary rests on";

  private CompletenessNarrative() {}

  static CompositionDraft.Section section(Chart chart) {
    var text = sources(new Xhtml(), chart);
    List<List<String>> rows = new ArrayList<>();
    chart.completeness().sections().forEach((section, its) -> rows.add(row(section, its)));
    text.table(List.of("Section", "State", "Responsible", "Answered"), rows);
    // LOINC: administrative note
    return new CompositionDraft.Section(TITLE, "51851-4", text.toString(), List.of(), null);
  }

  static Xhtml sources(Xhtml into, Chart chart) {
    for (SourceReport report : chart.reports()) {
      boolean isMissing = report.result().failure().isPresent();
      into.paragraph(
          isMissing ? "MISSING: " + Wording.of(report) + "." : report.source() + " answered.");
    }
    if (!chart.completeness().withheld().isEmpty()) {
      into.paragraph(
          "WITHHELD, wholly or in part: "
              + String.join(", ", chart.completeness().withheld())
              + ".");
    }
    return into;
  }

  private static List<String> row(Section section, SectionCompleteness its) {
    return List.of(
        section.key(),
        its.state().key(),
        String.join(", ", its.expected()),
        String.join(", ", its.answered()));
  }
}
