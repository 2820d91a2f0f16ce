package io.wholechart.completeness;

import io.wholechart.patient.Absence;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands behind a section: who is responsible for it, who of them answered, and what was told.
 *
 * <p>{@link Whole} is the proof that every responsible source answered. There is no other way to
 * one than {@link #of}, which looks at the reports, and no other way to a state that calls a
 * section empty than a {@code Whole}: the silence of a source cannot be taken for "nothing", not
 * even by mistake.
 */
public abstract sealed class Coverage {
  private final Section section;
  private final List<String> expected;
  private final List<String> answered;
  private final Contents contents;

  private Coverage(
      Section section, List<String> expected, List<String> answered, Contents contents) {
    this.section = section;
    this.expected = List.copyOf(expected);
    this.answered = List.copyOf(answered);
    this.contents = contents;
  }

  /** Every source that is responsible answered whole and knows about the section. */
  public static final class Whole extends Coverage {
    private Whole(Section section, List<String> expected, Contents contents) {
      super(section, expected, expected, contents);
    }
  }

  /** A responsible source is missing, or nobody is responsible. */
  public static final class Lacking extends Coverage {
    private final boolean isDenied;
    private final boolean isWithheld;

    private Lacking(
        Section section,
        List<String> expected,
        List<String> answered,
        Contents contents,
        boolean isDenied,
        boolean isWithheld) {
      super(section, expected, answered, contents);
      this.isDenied = isDenied;
      this.isWithheld = isWithheld;
    }

    /** Whether what is missing is only what the caller may not see. */
    public boolean isDenied() {
      return isDenied;
    }

    /** Whether something is kept from the caller, be there more that is missing or not. */
    public boolean isWithheld() {
      return isWithheld;
    }
  }

  /**
   * Weighs a section.
   *
   * @param reports of all sources that are configured, whether they are responsible or not
   * @param entries what is in the section
   */
  static Coverage of(Section section, List<SourceReport> reports, List<MergedEntry> entries) {
    Set<String> ignorant = ignorant(section, entries);
    List<String> expected = new ArrayList<>(reports.size());
    List<String> answered = new ArrayList<>(reports.size());
    int denied = 0;
    boolean isWithheld = false;
    for (SourceReport report : reports) {
      isWithheld |= report.isWithheld(section);
      if (report.sections().contains(section)) {
        expected.add(report.source());
        boolean isSilent = !report.isDenied() && !report.result().isAnswered();
        if (isSilent || ignorant.contains(report.source())) {
          continue; // missing, whatever else is withheld
        }
        if (report.isWithheld(section)) {
          denied++;
        } else {
          answered.add(report.source());
        }
      }
    }
    int lacking = expected.size() - answered.size();
    Contents contents = contents(section, reports, entries);
    // With nobody responsible, a section can have entries but never be whole.
    return lacking == 0 && !expected.isEmpty() && !isWithheld
        ? new Whole(section, expected, contents)
        : new Lacking(
            section, expected, answered, contents, isWithheld && denied == lacking, isWithheld);
  }

  /** Beside what is kept back in silence, "there is none" is a claim that nobody should act on. */
  private static Contents contents(
      Section section, List<SourceReport> reports, List<MergedEntry> entries) {
    Contents contents = Contents.of(section, entries);
    if (contents == Contents.ASSERTED_NONE) {
      for (SourceReport report : reports) {
        if (report.withheld().unsaid().contains(section)) {
          return Contents.CLAIMED_NONE;
        }
      }
    }
    return contents;
  }

  public Section section() {
    return section;
  }

  /** The sources that are responsible. */
  public List<String> expected() {
    return expected;
  }

  /** Those of them that answered whole. */
  public List<String> answered() {
    return answered;
  }

  public Contents contents() {
    return contents;
  }

  /** The sources that say themselves that they know nothing about the section. */
  private static Set<String> ignorant(Section section, List<MergedEntry> entries) {
    if (!Absence.canBeStated(section)) {
      return Set.of();
    }
    Set<String> ignorant = new HashSet<>();
    for (MergedEntry merged : entries) {
      for (Entry entry : merged.originals()) {
        if (Absence.isNoInformation(section, entry.facts())) {
          ignorant.add(entry.source());
        }
      }
    }
    return ignorant;
  }
}
