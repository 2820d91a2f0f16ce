package io.wholechart.completeness;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Four sources, whatever each of them came to and whatever it says of there being nothing: how the
 * section stands, and what a document would say of why it is empty. The table of all combinations
 * is {@code target/completeness.txt}.
 */
class EmptySectionsTest {
  private static final Section SECTION = Section.ALLERGIES;

  private enum Status {
    COMPLETE,
    NOT_FOUND,
    INCOMPLETE,
    FAILED,
    DENIED;

    boolean canTell() {
      return this == COMPLETE || this == INCOMPLETE;
    }

    boolean isWhole() {
      return this == COMPLETE || this == NOT_FOUND;
    }
  }

  /** What a source says of the section. */
  private enum Told {
    NOTHING,
    NONE_KNOWN,
    REFUTED_NONE_KNOWN,
    UNVERIFIED_NONE_KNOWN,
    AN_ENTRY,
    NO_INFORMATION
  }

  private record Source(boolean isResponsible, Status status, Told told) {
    @Override
    public String toString() {
      String words =
          told == Told.NOTHING ? "" : " " + told.name().toLowerCase(Locale.ROOT).replace('_', '-');
      return status.name().toLowerCase(Locale.ROOT).replace('_', '-') + words;
    }
  }

  private record Seen(SectionState state, String emptyReason) {}

  @Test
  void noCombinationYieldsAFalseEmpty() throws Exception {
    List<Source> kinds =
        kinds(Told.NOTHING, Told.NONE_KNOWN, Told.REFUTED_NONE_KNOWN, Told.UNVERIFIED_NONE_KNOWN)
            .stream()
            .filter(Source::isResponsible)
            .toList();
    List<String> rows = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Source a : kinds) {
      for (Source b : kinds) {
        for (Source c : kinds) {
          for (Source d : kinds) {
            Seen seen = check(a, b, c, d);
            counts.merge(seen.state().key() + " / " + seen.emptyReason(), 1, Integer::sum);
            rows.add(
                String.format(
                    "%-32s %-32s %-32s %-32s %-13s %s",
                    a, b, c, d, seen.state().key(), seen.emptyReason()));
          }
        }
      }
    }
    assertThat(rows).hasSize(11 * 11 * 11 * 11);
    List<String> table = new ArrayList<>();
    counts.forEach((what, count) -> table.add(String.format("%6d  %s", count, what)));
    table.add("");
    table.addAll(rows);
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/completeness.txt"), table);
    assertThat(counts)
        .containsOnlyKeys(
            "incomplete / unavailable",
            "none-known / nilknown",
            "none-recorded / unavailable",
            "present / unavailable",
            "unknown / unavailable",
            "withheld / withheld");
  }

  /** The order of the sources does not matter here, so each set of four is tried once. */
  @Test
  void norDoesOneWithEntriesConfessionsAndSourcesThatAreNotResponsible() {
    List<Source> kinds = kinds(Told.values());
    int combinations = 0;
    for (int a = 0; a < kinds.size(); a++) {
      for (int b = a; b < kinds.size(); b++) {
        for (int c = b; c < kinds.size(); c++) {
          for (int d = c; d < kinds.size(); d++) {
            check(kinds.get(a), kinds.get(b), kinds.get(c), kinds.get(d));
            combinations++;
          }
        }
      }
    }
    assertThat(kinds).hasSize(30);
    assertThat(combinations).isEqualTo(40_920);
  }

  private static Seen check(Source... sources) {
    List<SourceReport> reports = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < sources.length; i++) {
      SourceReport report = reportOf(i, sources[i]);
      reports.add(report);
      entries.addAll(report.result().entries());
    }
    var section = Completeness.of(reports, Merge.merge(entries)).sections().get(SECTION);
    if (section == null) {
      assertThat(sources)
          .allMatch(source -> !source.isResponsible() && source.told() == Told.NOTHING);
      return new Seen(SectionState.UNKNOWN, "-");
    }
    String reason = EmptyReason.of(section).map(EmptyReason::code).orElse("-");
    var seen = new Seen(section.state(), reason);
    Seen expected = expected(sources);
    if (!seen.equals(expected)) {
      assertThat(seen).as(Arrays.toString(sources)).isEqualTo(expected);
    }
    return seen;
  }

  /** The words of the contract, and nothing of the code that decides. */
  private static Seen expected(Source... sources) {
    boolean isClaimed = Arrays.stream(sources).anyMatch(Source::isResponsible);
    List<Source> missing =
        Arrays.stream(sources)
            .filter(Source::isResponsible)
            .filter(s -> !s.status().isWhole() || s.told() == Told.NO_INFORMATION)
            .toList();
    List<Told> told =
        Arrays.stream(sources)
            .map(Source::told)
            .filter(t -> t != Told.NOTHING && t != Told.NO_INFORMATION)
            .toList();
    String unlessEntries = told.contains(Told.AN_ENTRY) ? "-" : "unavailable";
    if (isClaimed && missing.isEmpty()) {
      if (told.isEmpty()) {
        return new Seen(SectionState.NONE_RECORDED, "unavailable");
      }
      return told.stream().allMatch(t -> t == Told.NONE_KNOWN)
          ? new Seen(SectionState.NONE_KNOWN, "nilknown")
          : new Seen(SectionState.PRESENT, unlessEntries);
    }
    if (!told.isEmpty()) {
      return new Seen(SectionState.INCOMPLETE, unlessEntries);
    }
    return isClaimed && missing.stream().allMatch(s -> s.status() == Status.DENIED)
        ? new Seen(SectionState.WITHHELD, "withheld")
        : new Seen(SectionState.UNKNOWN, "unavailable");
  }

  private static List<Source> kinds(Told... told) {
    List<Source> kinds = new ArrayList<>();
    for (boolean isResponsible : new boolean[] {true, false}) {
      for (Status status : Status.values()) {
        for (Told each : told) {
          if (status.canTell() || each == Told.NOTHING) {
            kinds.add(new Source(isResponsible, status, each));
          }
        }
      }
    }
    return kinds;
  }

  private static SourceReport reportOf(int index, Source source) {
    String name = "source-" + index;
    List<Entry> entries =
        TOLD.getOrDefault(source.told(), List.of()).stream()
            .map(e -> new Entry(name, e.bytes(), e.facts(), e.asOf(), e.identity()))
            .toList();
    SourceResult result =
        switch (source.status()) {
          case COMPLETE -> new SourceResult.Complete(entries);
          case NOT_FOUND -> new SourceResult.NotFound();
          case INCOMPLETE -> new SourceResult.Incomplete(entries, failure(FailureReason.PARTIAL));
          case FAILED -> new SourceResult.Failed(failure(FailureReason.TIMEOUT));
          case DENIED -> new SourceResult.Failed(failure(FailureReason.DENIED));
        };
    return report(name, Set.of(source.isResponsible() ? SECTION : Section.RESULTS), result);
  }

  private static final Map<Told, List<Entry>> TOLD = new EnumMap<>(Told.class);

  static {
    Entry noneKnown = allergy("http://snomed.info/sct", "716186003", "confirmed");
    TOLD.put(Told.NONE_KNOWN, List.of(noneKnown));
    TOLD.put(
        Told.REFUTED_NONE_KNOWN,
        List.of(allergy("http://snomed.info/sct", "716186003", "refuted")));
    TOLD.put(
        Told.UNVERIFIED_NONE_KNOWN, List.of(noneKnown.withIdentity(IdentityVerdict.UNVERIFIED)));
    TOLD.put(Told.AN_ENTRY, List.of(allergy("http://snomed.info/sct", "91935009", "confirmed")));
    TOLD.put(
        Told.NO_INFORMATION,
        List.of(
            allergy(
                "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
                "no-allergy-info",
                "confirmed")));
  }

  private static Entry allergy(String system, String code, String verification) {
    return entry(
        "",
        """
        {"resourceType": "AllergyIntolerance", "code": {"coding": [{"system": "%s", "code": "%s"}]},
         "verificationStatus": {"coding": [{"code": "%s"}]}}
        """
            .formatted(system, code, verification));
  }
}
