package io.wholechart.merge;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Charts;
import io.wholechart.Seed;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergePropertyTest {
  private static final String[] SOURCES = {"ehr", "lab", "pharmacy"};
  private static final String[] TYPES = {"Observation", "Observation", "Condition", "Basic"};
  private static final String[] VALUES = {"", "", ",\"valueInteger\":1", ",\"valueInteger\":2"};
  private static final String[] CODES = {
    "{\"system\":\"s\",\"code\":\"1\"}", "{\"system\":\"s\",\"code\":\"2\"}", "{\"code\":\"1\"}"
  };
  private static final String[] TIMES = {"2020", "2020", "2020", "2020-01-01", ""};

  @Test
  void everyEntryIsInExactlyOneMergedEntry() {
    for (int round = 0; round < 1500; round++) {
      List<Entry> entries = entries(Seed.random(round), 3);
      List<Entry> kept = merged(Merge.merge(entries)).flatMap(m -> m.originals().stream()).toList();
      Set<Entry> itself = Collections.newSetFromMap(new IdentityHashMap<>()); // equal ones count
      itself.addAll(kept);
      assertThat(kept).as(Seed.describe(round)).hasSameSizeAs(entries);
      assertThat(itself.containsAll(entries)).as(Seed.describe(round)).isTrue();
    }
  }

  @Test
  void whatStandsTogetherSaysTheSameAndComesFromDifferentSources() {
    int together = 0;
    for (int round = 0; round < 3000; round++) {
      for (MergedEntry merged : merged(Merge.merge(entries(Seed.random(round), 3))).toList()) {
        ResourceFacts first = merged.first().facts();
        assertThat(merged.sources()).as(Seed.describe(round)).hasSameSizeAs(merged.originals());
        for (Entry other : merged.originals().subList(1, merged.originals().size())) {
          together++;
          assertThat(other.facts())
              .as(Seed.describe(round))
              .returns(first.type(), ResourceFacts::type)
              .returns(first.status(), ResourceFacts::status)
              .returns(first.time(), ResourceFacts::time)
              .satisfies(
                  facts -> assertThat(subjects(facts)).containsAnyElementsOf(subjects(first)))
              .returns(first.stated(), ResourceFacts::stated)
              .satisfies(facts -> assertThat(facts.time()).isNotNull());
        }
      }
    }
    assertThat(together).isGreaterThan(500);
  }

  @Test
  void everyEntryStandsInTheSectionOfItsTypeNewestFirst() {
    for (int round = 0; round < 1000; round++) {
      PatientRecord record = Merge.merge(entries(Seed.random(round), 3));
      for (Section section : record.sections().keySet()) {
        List<Long> times = new ArrayList<>();
        for (MergedEntry merged : record.in(section)) {
          assertThat(merged.first().section()).as(Seed.describe(round)).contains(section);
          var time = merged.first().facts().time();
          times.add(time == null ? Long.MAX_VALUE : -time.epochMillis());
        }
        assertThat(times).as(Seed.describe(round)).isSorted();
      }
      assertThat(record.other()).allMatch(merged -> merged.first().section().isEmpty());
    }
  }

  @Test
  void whatStandsTogetherAndWhatConflictsDoesNotDependOnTheOrder() {
    int together = 0;
    int conflicts = 0;
    for (int round = 0; round < 6000; round++) {
      var random = Seed.random(round);
      List<Entry> entries = entries(random, 3);
      PatientRecord record = Merge.merge(entries);
      Collections.shuffle(entries, Random.from(random));
      PatientRecord other = Merge.merge(entries);
      assertThat(groups(other)).as(Seed.describe(round)).isEqualTo(groups(record));
      assertThat(conflicts(other)).as(Seed.describe(round)).isEqualTo(conflicts(record));
      together += (int) groups(record).keySet().stream().filter(g -> g.size() > 1).count();
      conflicts += record.conflicts().size();
    }
    assertThat(together).isGreaterThan(1000);
    assertThat(conflicts).isGreaterThan(500);
  }

  /** Sections come in any order, since their entries never meet. */
  @Test
  void mergingWhatWasMergedChangesNothing() {
    for (int round = 0; round < 1500; round++) {
      PatientRecord record = Merge.merge(entries(Seed.random(round), 3));
      List<Entry> again = merged(record).flatMap(m -> m.originals().stream()).toList();
      assertThat(Merge.merge(again).sections())
          .as(Seed.describe(round))
          .isEqualTo(record.sections());
      assertThat(conflicts(Merge.merge(again)))
          .as(Seed.describe(round))
          .isEqualTo(conflicts(record));
    }
  }

  /** Entries of one source that say the same are told apart by their ids. */
  private static Map<Set<String>, Long> groups(PatientRecord record) {
    return merged(record)
        .map(merged -> merged.originals().stream().map(MergePropertyTest::name).collect(toSet()))
        .collect(groupingBy(group -> group, counting()));
  }

  private static Set<Set<String>> conflicts(PatientRecord record) {
    return record.conflicts().stream()
        .map(conflict ->
            conflict.claims().stream()
                .map(claim ->
                    conflict.kind().key()
                        + claim.entries().stream().map(MergePropertyTest::name).sorted().toList())
                .collect(toSet()))
        .collect(toSet());
  }

  private static String name(Entry entry) {
    return entry.source() + " " + entry.facts().id();
  }

  /** The shared codes, or the words where there is no code. */
  private static Set<Object> subjects(ResourceFacts facts) {
    Set<Object> subjects = new HashSet<>(facts.codings());
    subjects.removeIf(code -> !((Coding) code).isShared());
    if (facts.codings().isEmpty() && facts.wording() != null) {
      subjects.add(facts.wording());
    }
    return subjects;
  }

  private static Stream<MergedEntry> merged(PatientRecord record) {
    return Stream.concat(
        record.sections().values().stream().flatMap(List::stream), record.other().stream());
  }

  private static List<Entry> entries(RandomGenerator random, int maxCodes) {
    List<Entry> entries = new ArrayList<>();
    for (String source : SOURCES) {
      for (int i = random.nextInt(7); i > 0; i--) {
        entries.add(entry(random, source, maxCodes, i));
      }
    }
    return entries;
  }

  private static Entry entry(RandomGenerator random, String source, int maxCodes, int number) {
    List<String> codes = new ArrayList<>(Arrays.asList(CODES));
    Collections.shuffle(codes, Random.from(random));
    int count = random.nextInt(8) == 0 ? 0 : random.nextInt(1, maxCodes + 1);
    String time = TIMES[random.nextInt(TIMES.length)];
    String json =
        "{\"resourceType\":\"%s\",\"id\":\"%d\",\"code\":{\"coding\":[%s]%s}%s%s%s}"
            .formatted(
                TYPES[random.nextInt(TYPES.length)],
                number,
                String.join(",", codes.subList(0, count)),
                random.nextInt(3) == 0 ? ",\"text\":\"words\"" : "",
                random.nextInt(6) == 0 ? ",\"status\":\"final\"" : "",
                VALUES[random.nextInt(VALUES.length)],
                time.isEmpty() ? "" : ",\"issued\":\"" + time + "\"");
    return Charts.entry(source, json);
  }
}
