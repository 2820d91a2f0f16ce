package io.wholechart.completeness;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every combination of what up to three sources can come to, for one section: all states are held
 * against what the words of the contract say, and against nothing of the code that decides them.
 */
class SectionStatesTest {
  private static final Section SECTION = Section.ALLERGIES;

  /** What a source holds for the section. */
  private enum Content {
    NOTHING(),
    ENTRY("91935009"),
    NONE_KNOWN("716186003"),
    NO_INFORMATION("no-allergy-info"),
    NONE_KNOWN_AND_ENTRY("716186003", "91935009"),
    NO_INFORMATION_AND_ENTRY("no-allergy-info", "91935009");

    final List<String> codes;

    Content(String... codes) {
      this.codes = List.of(codes);
    }

    boolean hasEntry() {
      return codes.contains("91935009");
    }

    boolean asserts() {
      return codes.contains("716186003");
    }

    boolean confesses() {
      return codes.contains("no-allergy-info");
    }
  }

  /** How a source ended. */
  private enum End {
    WHOLE,
    NOT_FOUND,
    CUT_OFF,
    SILENT,
    DENIED;

    boolean canHold(Content content) {
      return this == WHOLE || this == CUT_OFF || content == Content.NOTHING;
    }

    boolean isWhole() {
      return this == WHOLE || this == NOT_FOUND;
    }
  }

  private record Source(boolean isResponsible, End end, Content content) {
    /** Whether it may hold something that it did not send. */
    boolean mayHoldMore() {
      return isResponsible && (!end.isWhole() || content.confesses());
    }
  }

  @Test
  void everyCombinationReadsAsTheContractSays() {
    List<Source> kinds = kinds();
    Set<SectionState> seen = EnumSet.noneOf(SectionState.class);
    int combinations = 0;
    for (Source first : kinds) {
      combinations += check(List.of(first), seen);
      for (Source second : kinds) {
        combinations += check(List.of(first, second), seen);
        for (Source third : kinds) {
          combinations += check(List.of(first, second, third), seen);
        }
      }
    }
    assertThat(combinations).isEqualTo(kinds.size() * (1 + kinds.size() * (1 + kinds.size())));
    assertThat(seen).as("states that came up").containsExactlyInAnyOrder(SectionState.values());
  }

  private static int check(List<Source> sources, Set<SectionState> seen) {
    List<SourceReport> reports = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      reports.add(reportOf("source-" + i, sources.get(i)));
    }
    List<Entry> entries = reports.stream().flatMap(r -> r.result().entries().stream()).toList();
    var sections = Completeness.of(reports, Merge.merge(entries)).sections();

    boolean isClaimed = sources.stream().anyMatch(Source::isResponsible);
    boolean isMentioned = sources.stream().anyMatch(s -> s.content() != Content.NOTHING);
    if (!isClaimed && !isMentioned) {
      assertThat(sections).as(sources.toString()).doesNotContainKey(SECTION);
      return 1;
    }
    SectionCompleteness section = sections.get(SECTION);
    SectionState expected = contract(sources);
    if (section.state() != expected) { // a description for each of 27,000 would take the time
      assertThat(section.state()).as(sources.toString()).isEqualTo(expected);
    }
    boolean mayLack = sources.stream().anyMatch(Source::mayHoldMore);
    if (mayLack && !section.state().isLacking()) {
      assertThat(section.state()).as("a silent source read as empty: %s", sources).isNull();
    }
    seen.add(section.state());
    return 1;
  }

  /** The words of the contract, section 3, one after the other. */
  private static SectionState contract(List<Source> sources) {
    List<Source> lacking = sources.stream().filter(Source::mayHoldMore).toList();
    boolean isClaimed = sources.stream().anyMatch(Source::isResponsible);
    boolean hasEntry = sources.stream().anyMatch(s -> s.content().hasEntry());
    boolean isAsserted = sources.stream().anyMatch(s -> s.content().asserts());
    if (!lacking.isEmpty() || !isClaimed) {
      if (hasEntry || isAsserted) {
        return SectionState.INCOMPLETE;
      }
      boolean isOnlyDenied = isClaimed && lacking.stream().allMatch(s -> s.end() == End.DENIED);
      return isOnlyDenied ? SectionState.WITHHELD : SectionState.UNKNOWN;
    }
    if (hasEntry) {
      return SectionState.PRESENT;
    }
    return isAsserted ? SectionState.NONE_KNOWN : SectionState.NONE_RECORDED;
  }

  private static List<Source> kinds() {
    List<Source> kinds = new ArrayList<>();
    for (boolean isResponsible : new boolean[] {true, false}) {
      for (End end : End.values()) {
        for (Content content : Content.values()) {
          if (end.canHold(content)) {
            kinds.add(new Source(isResponsible, end, content));
          }
        }
      }
    }
    return kinds;
  }

  private static SourceReport reportOf(String name, Source source) {
    List<Entry> entries = ENTRIES.get(source.content().ordinal());
    SourceResult result =
        switch (source.end()) {
          case WHOLE -> new SourceResult.Complete(named(name, entries));
          case NOT_FOUND -> new SourceResult.NotFound();
          case CUT_OFF ->
              new SourceResult.Incomplete(named(name, entries), failure(FailureReason.PARTIAL));
          case SILENT -> new SourceResult.Failed(failure(FailureReason.TIMEOUT));
          case DENIED -> new SourceResult.Failed(failure(FailureReason.DENIED));
        };
    return report(name, Set.of(source.isResponsible() ? SECTION : Section.RESULTS), result);
  }

  private static List<Entry> named(String source, List<Entry> entries) {
    return entries.stream()
        .map(e -> new Entry(source, e.bytes(), e.facts(), e.asOf(), e.identity()))
        .toList();
  }

  /** Read once: there are 27,000 combinations of them. */
  private static final List<List<Entry>> ENTRIES =
      List.of(Content.values()).stream()
          .map(content -> content.codes.stream().map(SectionStatesTest::allergy).toList())
          .toList();

  private static Entry allergy(String code) {
    String system =
        Character.isDigit(code.charAt(0))
            ? "http://snomed.info/sct"
            : "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
    return entry(
        "",
        "{\"resourceType\":\"AllergyIntolerance\",\"code\":{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}}"
            .formatted(system, code));
  }
}
