package io.wholechart.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.crosswalk.CrosswalkSettings.Type;
import io.wholechart.crosswalk.Holder.Nobody;
import io.wholechart.crosswalk.Holder.One;
import io.wholechart.crosswalk.Holder.Several;
import io.wholechart.crosswalk.Holder.Supposed;
import io.wholechart.crosswalk.Holder.UnknownSystem;
import io.wholechart.crosswalk.Holder.Unresolved;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back, from a number to whose it is, where nobody has to be waited for. */
class HolderTest {
  private static final String OURS = "urn:oid:1.2.1";
  private static final String LAB = "urn:oid:1.2.3";
  private static final String PACS = "https://pacs.example/ids";
  private static final String US = "urn:wholechart:patient";
  private static final Patience PATIENCE = new Patience(Long.MAX_VALUE, Urgency.NORMAL);

  @TempDir Path directory;
  private final Metrics metrics = new Metrics(List.of());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void whereThereIsOneIdEverywhereANumberIsTheIdOrHasToBeStated() {
    var same = new SameIds(Set.of(LAB));
    assertThat(holder(same, null, "p-1")).isEqualTo(one("p-1"));
    assertThat(holder(same, US, "p-1")).isEqualTo(one("p-1"));
    assertThat(holder(same, LAB, "p-1")).isEqualTo(one("p-1"));
    assertThat(holder(same, PACS, "p-1")).isEqualTo(new Supposed(new PatientId("p-1")));
    assertThat(holder(same, "", "p-1")).isEqualTo(new Supposed(new PatientId("p-1")));
    assertThat(holder(same, US, "a_b")).isEqualTo(new Nobody());
    assertThat(holder(same, PACS, "a_b")).isEqualTo(new UnknownSystem());
  }

  @Test
  void aNumberInTheFileIsItsRowsAndOfItsColumnAlone() throws Exception {
    try (CrosswalkFile file = open("p-1,77,I_5+x\np-2,78,-\n", Set.of(LAB, PACS))) {
      assertThat(holder(file, LAB, "77")).isEqualTo(one("p-1"));
      assertThat(holder(file, PACS, "I_5+x")).isEqualTo(one("p-1"));
      assertThat(holder(file, PACS, "77")).isEqualTo(new Nobody());
      assertThat(holder(file, LAB, "-")).isEqualTo(new Nobody());
      assertThat(holder(file, LAB, "p-1")).isEqualTo(new Nobody());
      assertThat(holder(file, "urn:oid:9", "77")).isEqualTo(new UnknownSystem());
      assertThat(holder(file, "", "77")).isEqualTo(new UnknownSystem());
    }
  }

  @Test
  void theCallersIdsNeedNoRow() throws Exception {
    try (CrosswalkFile file = open("p-1,77,-\n", Set.of(LAB, PACS))) {
      assertThat(holder(file, OURS, "p-9")).isEqualTo(one("p-9"));
      assertThat(holder(file, US, "p-9")).isEqualTo(one("p-9"));
      assertThat(holder(file, US, "p_9")).isEqualTo(new Nobody());
      assertThat(holder(file, null, "p-9")).isEqualTo(new Nobody());
    }
    try (CrosswalkFile file = open("p-1,77,-\n", Set.of(LAB, OURS))) {
      assertThat(holder(file, null, "p-9")).isEqualTo(one("p-9"));
    }
  }

  @Test
  void ofWhateverSystemANumberMayBeSeveralPatients() throws Exception {
    try (CrosswalkFile file = open("p-1,77,78\np-2,78,-\np-3,p-1,5\np-4,9,9\n", Set.of(LAB))) {
      assertThat(holder(file, null, "77")).isEqualTo(one("p-1"));
      assertThat(holder(file, null, "78")).isEqualTo(new Several());
      assertThat(holder(file, null, "p-1")).isEqualTo(new Several());
      assertThat(holder(file, null, "9")).isEqualTo(one("p-4"));
      assertThat(holder(file, null, "1")).isEqualTo(new Nobody());
    }
  }

  @Test
  void aRowThatDoesNotSayMayBeTheOne() throws Exception {
    try (CrosswalkFile file = open("p-1,77,-\np-2,78,\n", Set.of(LAB, PACS))) {
      assertThat(holder(file, LAB, "1")).isEqualTo(new Nobody());
      assertThat(holder(file, PACS, "1")).isInstanceOf(Unresolved.class);
      assertThat(holder(file, null, "1")).isInstanceOf(Unresolved.class);
      assertThat(holder(file, null, "78")).isEqualTo(one("p-2"));
    }
  }

  @Test
  void aTableThatIsOutOfDateDoesNotSayNobody() throws Exception {
    try (CrosswalkFile file = open("p-1,77,-\n", Set.of(LAB, PACS))) {
      write("p-1,77,-\np-2,77,-\n");
      file.refresh();
      assertThat(holder(file, LAB, "77")).isEqualTo(one("p-1"));
      assertThat(holder(file, LAB, "78")).isInstanceOf(Unresolved.class);

      write("p-1,77,-\np-2,79,-\n");
      file.refresh();
      assertThat(holder(file, LAB, "78")).isEqualTo(new Nobody());
      assertThat(holder(file, LAB, "79")).isEqualTo(one("p-2"));
    }
  }

  @Test
  void thereAndBackIsTheSamePatient() throws Exception {
    for (int round = 0; round < 20; round++) {
      RandomGenerator random = Seed.random(round);
      Map<String, String> numbers = new HashMap<>();
      for (int i = random.nextInt(50); i > 0; i--) {
        numbers.put("n" + random.nextInt(100), "p-" + i);
      }
      var rows = new StringBuilder();
      numbers.forEach((number, id) -> rows.append(id).append(',').append(number).append(",-\n"));
      try (CrosswalkFile file = open(rows.toString(), Set.of(LAB, PACS))) {
        for (int i = 0; i < 100; i++) {
          String number = "n" + i;
          Holder expected = numbers.containsKey(number) ? one(numbers.get(number)) : new Nobody();
          assertThat(holder(file, LAB, number)).as(Seed.describe(round)).isEqualTo(expected);
        }
      }
    }
  }

  private static Holder one(String id) {
    return new One(new PatientId(id));
  }

  private static Holder holder(SameIds same, @Nullable String system, String value) {
    return same.holder(new SearchedIdentifier(system, value), PATIENCE);
  }

  private static Holder holder(CrosswalkFile file, @Nullable String system, String value) {
    return file.holder(new SearchedIdentifier(system, value), PATIENCE);
  }

  private CrosswalkFile open(String rows, Set<String> idSystems) throws Exception {
    write(rows);
    var settings =
        new CrosswalkSettings(
            Type.CSV,
            OURS,
            file(),
            99,
            Duration.ofDays(1),
            null,
            null,
            ConnectionSettings.usual(),
            1,
            0,
            Duration.ZERO);
    return CrosswalkFile.open(file(), settings, idSystems, metrics);
  }

  private void write(String rows) throws Exception {
    Files.writeString(file(), "id," + LAB + "," + PACS + "\n" + rows);
  }

  private Path file() {
    return directory.resolve("ids.csv");
  }
}
