package io.wholechart.consent;

import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Charts;
import io.wholechart.Seed;
import io.wholechart.completeness.Completeness;
import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.completeness.SectionState;
import io.wholechart.merge.Merge;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Charts of any kind, seen by callers of any kind, held against the rules as the contract has them:
 * each entry carries its own mark in its text.
 */
class ConsentPropertyTest {
  private static final int ROUNDS = 3000;
  private static final String[] TYPES = {
    "Patient", "Condition", "AllergyIntolerance", "Observation", "DiagnosticReport", "Basic"
  };
  private static final String[] LABELS = {"", "", "", "N", "R", "V", "42CFRPart2"};
  private static final Set<Section> EHR =
      EnumSet.of(Section.PATIENT, Section.CONDITIONS, Section.ALLERGIES, Section.RESULTS);
  private static final Set<Section> LAB = EnumSet.of(Section.RESULTS);

  /** One chart, and who looks at it. */
  private record Case(List<SourceReport> reports, Set<String> types, Consent consent) {
    List<SourceReport> seen() {
      return reports.stream()
          .map(r ->
              consent.asks(r.source(), r.sections())
                  ? consent.considered(r)
                  : SourceReport.denied(r.source(), r.sections()))
          .toList();
    }

    /** By the words of the contract, and by nothing of the code that decides. */
    boolean mayBeSeen(Entry entry) {
      String json = entry.bytes().json();
      boolean isLabelled =
          json.contains("\"R\"")
              || json.contains("\"V\"")
              || json.contains("42CFRPart2")
              || consent.policy().part2Sources().contains(entry.source());
      Denied denied = consent.denied();
      boolean isDenied =
          denied.isWhole()
              || (entry.section().isPresent() && denied.sections().contains(entry.section().get()));
      boolean isKept = (isLabelled && !consent.isOpen()) || isDenied;
      return types.contains(entry.facts().type()) && (!isKept || consent.isLifted());
    }
  }

  @Test
  void whatMayNotBeSeenIsInNoneOfTheBytesAndWhatMayBeIs() {
    int withheld = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Case one = any(Seed.random(round));
      List<SourceReport> seen = one.seen();
      String shown = text(seen) + Merge.merge(entries(seen)).conflicts();
      for (int i = 0; i < seen.size(); i++) {
        for (Entry entry : one.reports().get(i).result().entries()) {
          boolean mayBeSeen = one.mayBeSeen(entry) && !seen.get(i).isDenied();
          withheld += mayBeSeen ? 0 : 1;
          assertThat(shown.contains(mark(entry))).as(Seed.describe(round)).isEqualTo(mayBeSeen);
        }
        boolean isNothingToSee =
            one.reports().get(i).result().entries().stream()
                .filter(entry -> isItsOwn(entry, seen))
                .noneMatch(one::mayBeSeen);
        assertThat(!seen.get(i).isDenied() || isNothingToSee).as(Seed.describe(round)).isTrue();
      }
    }
    assertThat(withheld).isGreaterThan(ROUNDS);
  }

  @Test
  void nothingIsSilentlyEmptyWhereTheMarkerIsShown() {
    int said = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Case one = any(Seed.random(round));
      if (!one.consent().policy().showsWithheld()) {
        continue;
      }
      List<SourceReport> seen = one.seen();
      var completeness = Completeness.of(seen, record(seen));
      for (Section section : sectionsWithout(one)) {
        SectionCompleteness its = completeness.sections().get(section);
        assertThat(its).as(Seed.describe(round)).isNotNull();
        assertThat(its.isWithheld()).as(Seed.describe(round)).isTrue();
        assertThat(its.state()).as(Seed.describe(round)).matches(SectionState::isLacking);
        assertThat(completeness.isComplete()).isFalse();
        assertThat(completeness.withheld()).contains(section.key());
        said++;
      }
    }
    assertThat(said).isGreaterThan(ROUNDS / 4);
  }

  @Test
  void withoutTheMarkerAnAnswerIsAsIfItWereNotThereButNeverSaysThatThereIsNone() {
    int silent = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Case one = any(Seed.random(round));
      if (one.consent().policy().showsWithheld() || one.types().size() < TYPES.length) {
        continue; // what scopes keep back is always said
      }
      List<SourceReport> seen = one.seen();
      List<SourceReport> asIf = new ArrayList<>();
      for (SourceReport report : one.reports()) {
        List<Entry> left = report.result().entries().stream().filter(one::mayBeSeen).toList();
        asIf.add(
            report.result() instanceof SourceResult.Complete
                ? report.with(new SourceResult.Complete(left))
                : report);
      }
      var completeness = Completeness.of(seen, record(seen));
      var without = Completeness.of(asIf, record(asIf));
      assertThat(completeness.withheld()).as(Seed.describe(round)).isEmpty();
      assertThat(completeness.answered()).isEqualTo(without.answered());
      Set<Section> lessened = sectionsWithout(one);
      for (Section section : completeness.sections().keySet()) {
        SectionState state = completeness.sections().get(section).state();
        SectionState expected = without.sections().get(section).state();
        boolean isBent = expected == SectionState.NONE_KNOWN && lessened.contains(section);
        assertThat(state)
            .as(Seed.describe(round))
            .isEqualTo(isBent ? SectionState.PRESENT : expected);
      }
      silent += lessened.size();
    }
    assertThat(silent).isGreaterThan(ROUNDS / 20);
  }

  @Test
  void whatIsSaidDoesNotTellWhetherThereIsAnything() {
    for (int round = 0; round < ROUNDS; round++) {
      Case one = any(Seed.random(round));
      boolean isByLabel =
          one.reports().stream()
              .flatMap(r -> r.result().entries().stream())
              .anyMatch(entry -> !entry.facts().labels().isEmpty());
      if (isByLabel) {
        continue; // a label is a single entry's, and its marker tells of it
      }
      List<SourceReport> emptied =
          one.reports().stream().map(r -> r.with(new SourceResult.Complete(List.of()))).toList();
      List<SourceReport> full =
          one.reports().stream()
              .map(r ->
                  r.result() instanceof SourceResult.Failed
                      ? r.with(new SourceResult.Complete(List.of()))
                      : r)
              .toList();
      assertThat(said(new Case(full, one.types(), one.consent())))
          .as(Seed.describe(round))
          .isEqualTo(said(new Case(emptied, one.types(), one.consent())));
    }
  }

  @Test
  void howManyAreKeptBackIsCounted() {
    for (int round = 0; round < ROUNDS; round++) {
      Case one = any(Seed.random(round));
      List<SourceReport> seen = one.seen();
      for (int i = 0; i < seen.size(); i++) {
        if (!seen.get(i).isDenied()) {
          int all = one.reports().get(i).result().entries().size();
          int left = seen.get(i).result().entries().size();
          assertThat(seen.get(i).withheld().count()).as(Seed.describe(round)).isEqualTo(all - left);
          assertThat(seen.get(i).result().entries()).containsAll(seen.get(i).withheld().lifted());
        }
      }
    }
  }

  private static Set<String> said(Case one) {
    List<SourceReport> seen = one.seen();
    Set<String> said = new HashSet<>();
    for (SourceReport report : seen) {
      for (Section section : report.sections()) {
        if (report.isWithheld(section)) {
          said.add(report.source() + " " + section);
        }
      }
    }
    return said;
  }

  /** The sections of which something is kept back. */
  private static Set<Section> sectionsWithout(Case one) {
    Set<Section> sections = EnumSet.noneOf(Section.class);
    List<SourceReport> seen = one.seen();
    for (SourceReport report : one.reports()) {
      for (Entry entry : report.result().entries()) {
        if (!one.mayBeSeen(entry) && isToBeAnswered(entry, seen)) {
          entry.section().ifPresent(sections::add);
        }
      }
    }
    return sections;
  }

  /** Of a source that is not asked, nobody knows what it has besides what it is there for. */
  private static boolean isToBeAnswered(Entry entry, List<SourceReport> seen) {
    return isItsOwn(entry, seen)
        || seen.stream().noneMatch(r -> r.source().equals(entry.source()) && r.isDenied());
  }

  private static boolean isItsOwn(Entry entry, List<SourceReport> seen) {
    return seen.stream()
        .filter(report -> report.source().equals(entry.source()))
        .anyMatch(report -> entry.section().map(report.sections()::contains).orElse(false));
  }

  private static PatientRecord record(List<SourceReport> reports) {
    return Merge.merge(entries(reports));
  }

  private static List<Entry> entries(List<SourceReport> reports) {
    return reports.stream().flatMap(r -> r.result().entries().stream()).toList();
  }

  private static String text(List<SourceReport> reports) {
    PatientRecord record = record(reports);
    return Stream.concat(
            record.sections().values().stream().flatMap(List::stream), record.other().stream())
        .map(MergedEntry::originals)
        .flatMap(List::stream)
        .map(entry -> new String(entry.bytes().toByteArray(), UTF_8))
        .reduce("", String::concat);
  }

  private static String mark(Entry entry) {
    return "\"id\":\"" + entry.facts().id() + "\"";
  }

  private static Case any(RandomGenerator random) {
    Set<String> types = new HashSet<>(List.of(TYPES));
    if (random.nextInt(3) == 0) {
      types.removeIf(_ -> random.nextInt(3) == 0);
    }
    Denied denied =
        switch (random.nextInt(4)) {
          case 0 -> new Denied(false, Set.of(pick(random, EHR.toArray(Section[]::new))));
          case 1 -> random.nextInt(4) == 0 ? Denied.EVERYTHING : Denied.NOTHING;
          default -> Denied.NOTHING;
        };
    var policy =
        new Policy(
            random.nextInt(4) == 0 ? Set.of("lab") : Set.of(), random.nextInt(3) > 0, Set.of());
    Types readable = types.size() == TYPES.length ? Types.ALL : types::contains;
    var consent =
        new Consent(readable, denied, random.nextInt(8) == 0, random.nextInt(6) == 0, policy);
    List<SourceReport> reports = List.of(any("ehr", EHR, random), any("lab", LAB, random));
    return new Case(reports, types, consent);
  }

  private static SourceReport any(String source, Set<Section> sections, RandomGenerator random) {
    if (random.nextInt(10) == 0) {
      return report(source, sections, new SourceResult.Failed(failure(FailureReason.TIMEOUT)));
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      entries.add(entry(source, source + "-" + i, random));
    }
    return report(source, sections, new SourceResult.Complete(entries));
  }

  private static Entry entry(String source, String id, RandomGenerator random) {
    // Now and then something that the source is not responsible for.
    boolean isResult = source.equals("lab") && random.nextInt(4) > 0;
    String type = isResult ? "Observation" : pick(random, TYPES);
    Map<String, String> codes =
        Map.of("AllergyIntolerance", random.nextBoolean() ? "716186003" : "91935009");
    return Charts.entry(
        source,
        """
        {"resourceType":"%s","id":"%s","meta":{"security":[{"code":"%s"}]},
         "code":{"coding":[{"system":"http://snomed.info/sct","code":"%s"}]}}
        """
            .formatted(type, id, pick(random, LABELS), codes.getOrDefault(type, "1")));
  }

  @SafeVarargs
  private static <T> T pick(RandomGenerator random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
