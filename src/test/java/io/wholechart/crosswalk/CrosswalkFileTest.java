package io.wholechart.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.crosswalk.CrosswalkSettings.Type;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrosswalkFileTest {
  private static final String LAB = "urn:oid:1.2.3";
  private static final String OURS = "urn:oid:1.2.1";
  private static final PatientId ID = new PatientId("p-1");
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path directory;
  private final Metrics metrics = new Metrics(List.of());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void aChangedFileIsUsedWithoutARestart() throws Exception {
    try (CrosswalkFile crosswalk = open("id,%s\np-1,a\n", Duration.ofMillis(10))) {
      assertThat(asked(crosswalk)).isEqualTo("a");
      write("id,%s\np-1,bb\n");
      await().until(() -> asked(crosswalk).equals("bb"));
    }
  }

  @Test
  void aChangeThatIsWrongLeavesTheTableFromBeforeAndAlarms() throws Exception {
    try (CrosswalkFile crosswalk = open("id,%s\np-1,a\n", NEVER)) {
      assertThat(gauge()).isEqualTo("1.0");
      write("id,%s\np-1,b\np-1,c\n");
      crosswalk.refresh();
      assertThat(asked(crosswalk)).isEqualTo("a");
      assertThat(gauge()).isEqualTo("0.0");

      write("id,%s\np-1,dddd\n");
      crosswalk.refresh();
      assertThat(asked(crosswalk)).isEqualTo("dddd");
      assertThat(gauge()).isEqualTo("1.0");
    }
  }

  @Test
  void aFileThatIsGoneForAWhileIsReadAgain() throws Exception {
    try (CrosswalkFile crosswalk = open("id,%s\np-1,a\n", NEVER)) {
      Path aside = directory.resolve("aside");
      Files.move(file(), aside);
      crosswalk.refresh();
      assertThat(asked(crosswalk)).isEqualTo("a");
      assertThat(crosswalk.isCurrent()).isFalse();

      Files.move(aside, file());
      crosswalk.refresh();
      assertThat(crosswalk.isCurrent()).isTrue();
    }
  }

  @Test
  void aFileThatIsWrongAtTheStartStopsIt() {
    assertThatThrownBy(() -> open("id,%s\np-1,a\np-2,a\n", NEVER))
        .isInstanceOf(IOException.class)
        .hasMessage(file() + ", line 3: has an id in column 2 that another row has as well");
  }

  @Test
  void aSourceOfTheCallersSystemIsAskedByTheCallersId() throws Exception {
    try (CrosswalkFile crosswalk = open("id,%s\np-1,a\n", NEVER)) {
      assertThat(crosswalk.known(new PatientId("p-9"), OURS))
          .contains(new Resolution.Found(new SourceId(OURS, "p-9")));
    }
  }

  private String asked(CrosswalkFile crosswalk) {
    return ((Resolution.Found) crosswalk.known(ID, LAB).orElseThrow()).id().value();
  }

  private String gauge() {
    return metrics
        .scrape("text/plain")
        .lines()
        .filter(line -> line.startsWith("crosswalk_table_current "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  private CrosswalkFile open(String text, Duration reload) throws IOException {
    write(text);
    var settings =
        new CrosswalkSettings(
            Type.CSV,
            OURS,
            file(),
            10,
            reload,
            null,
            null,
            ConnectionSettings.usual(),
            1,
            0,
            Duration.ZERO);
    return CrosswalkFile.open(file(), settings, Set.of(LAB, OURS), metrics);
  }

  private void write(String text) throws IOException {
    Files.writeString(file(), text.formatted(LAB));
  }

  private Path file() {
    return directory.resolve("ids.csv");
  }
}
