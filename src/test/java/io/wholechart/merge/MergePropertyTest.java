package io.wholechart.merge;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
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
    for (int round = 0; round < 1500; round++) {
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
                  facts -> assertThat(sharedCodes(facts)).containsAnyElementsOf(sharedCodes(first)))
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

  /** With one code an entry: with several, the first one's codes decide who may join it. */
  @Test
  void whatStandsTogetherDoesNotDependOnTheOrder() {
    int together = 0;
    for (int round = 0; round < 2000; round++) {
      var random = Seed.random(round);
      List<Entry> entries = entries(random, 1);
      Map<List<String>, Long> groups = groups(entries);
      Collections.shuffle(entries, Random.from(random));
      assertThat(groups(entries)).as(Seed.describe(round)).isEqualTo(groups);
      together += (int) groups.keySet().stream().filter(group -> group.size() > 1).count();
    }
    assertThat(together).isGreaterThan(500);
  }

  /** Groups as what is in them, apart from which of two equal entries of a source it is. */
  private static Map<List<String>, Long> groups(List<Entry> entries) {
    return merged(Merge.merge(entries))
        .map(merged ->
            merged.originals().stream()
                .map(e -> e.source() + e.facts() + e.bytes().json())
                .sorted()
                .toList())
        .collect(groupingBy(group -> group, counting()));
  }

  private static Set<Coding> sharedCodes(ResourceFacts facts) {
    Set<Coding> codes = new HashSet<>(facts.codings());
    codes.removeIf(code -> !code.isShared());
    return codes;
  }

  private static Stream<MergedEntry> merged(PatientRecord record) {
    return Stream.concat(
        record.sections().values().stream().flatMap(List::stream), record.other().stream());
  }

  private static List<Entry> entries(RandomGenerator random, int maxCodes) {
    List<Entry> entries = new ArrayList<>();
    for (String source : SOURCES) {
      for (int i = random.nextInt(7); i > 0; i--) {
        entries.add(entry(random, source, maxCodes));
      }
    }
    return entries;
  }

  private static Entry entry(RandomGenerator random, String source, int maxCodes) {
    List<String> codes = new ArrayList<>(Arrays.asList(CODES));
    Collections.shuffle(codes, Random.from(random));
    String time = TIMES[random.nextInt(TIMES.length)];
    String json =
        "{\"resourceType\":\"%s\",\"code\":{\"coding\":[%s]}%s%s}"
            .formatted(
                TYPES[random.nextInt(TYPES.length)],
                String.join(
                    ",",
                    codes.subList(0, random.nextInt(8) == 0 ? 0 : random.nextInt(1, maxCodes + 1))),
                random.nextInt(6) == 0 ? ",\"status\":\"final\"" : "",
                time.isEmpty() ? "" : ",\"issued\":\"" + time + "\"");
    return Charts.entry(source, json);
  }
}
