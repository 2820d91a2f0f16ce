package io.wholechart.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to become the Composition of a patient summary.
 *
 * @param subject a reference, as {@code author} and the sections' entries
 * @param date with its time and zone
 * @param narrative XHTML, whole; so are the sections'
 */
public record CompositionDraft(
    String id,
    String subject,
    String date,
    String author,
    String title,
    String narrative,
    List<Section> sections) {
  /**
   * A section.
   *
   * @param loinc its code
   * @param emptyReason a code of HL7's {@code list-empty-reason}, only where there are no entries
   */
  public record Section(
      String title,
      String loinc,
      String narrative,
      List<String> entries,
      @Nullable String emptyReason) {
    public Section {
      entries = List.copyOf(entries);
      if (emptyReason != null && !entries.isEmpty()) {
        throw new IllegalArgumentException("a section with entries is not empty"); // cmp-2
      }
    }
  }

  public CompositionDraft {
    sections = List.copyOf(sections);
  }

  @Override
  public String toString() {
    return "CompositionDraft[withheld]";
  }
}
