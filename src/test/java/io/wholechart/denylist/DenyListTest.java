package io.wholechart.denylist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.consent.Denied;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenyListTest {
  private static final Denied RESULTS = new Denied(false, Set.of(Section.RESULTS));

  @TempDir Path directory;
  private final Metrics metrics = new Metrics(List.of());
  private Path file;

  @BeforeEach
  void aList() throws IOException {
    file = Files.writeString(directory.resolve("denied.csv"), "patient,section\np-1,results\n");
  }

  @AfterEach
  void closed() {
    metrics.close();
  }

  @Test
  void whatItSaysIsInForce() throws Exception {
    try (var list = open(Duration.ofHours(1))) {
      assertThat(of(list, "p-1")).isEqualTo(RESULTS);
      assertThat(of(list, "p-2")).isEqualTo(Denied.NOTHING);
    }
  }

  @Test
  void aChangeIsInForceWithinMoments() throws Exception {
    try (var list = open(Duration.ofMillis(5))) {
      Files.writeString(file, "patient,section\np-2\n");
      await().until(() -> of(list, "p-2").equals(Denied.EVERYTHING));
      assertThat(of(list, "p-1")).isEqualTo(Denied.NOTHING);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "patient,section\np-2,results", "patient,section\np 2\n", "p-2,results\n"})
  void aBadOneLeavesTheLastGoodOneInForceUntilItIsMended(String bad) throws Exception {
    try (var list = open(Duration.ofHours(1))) {
      Files.writeString(file, bad);
      list.refresh();
      assertThat(list.isCurrent()).isFalse();
      assertThat(metrics.scrape("text/plain")).contains("consent_deny_list_current 0");
      assertThat(of(list, "p-1")).isEqualTo(RESULTS);
      Files.writeString(file, "patient,section\np-1,results\n"); // as it was before
      list.refresh();
      assertThat(list.isCurrent()).isTrue();
      assertThat(of(list, "p-1")).isEqualTo(RESULTS);
    }
  }

  @Test
  void oneThatIsGoneLeavesTheLastGoodOneInForce() throws Exception {
    try (var list = open(Duration.ofHours(1))) {
      Files.delete(file);
      list.refresh();
      assertThat(list.isCurrent()).isFalse();
      assertThat(of(list, "p-1")).isEqualTo(RESULTS);
    }
  }

  @Test
  void aBadOneAtTheStartStopsItByLineAndWithoutAPatient() throws Exception {
    Files.writeString(file, "patient,section\np-77,nothing\n");
    assertThatThrownBy(() -> open(Duration.ofHours(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("denied.csv, line 2: it names a section")
        .hasMessageNotContaining("p-77");
  }

  @Test
  void withoutAFileNobodyIsDenied() throws Exception {
    var settings = new DenyListSettings(null, Duration.ofSeconds(5));
    try (var list = DenyList.open(settings, metrics)) {
      assertThat(of(list, "p-1")).isEqualTo(Denied.NOTHING);
      assertThat(metrics.scrape("text/plain")).contains("consent_deny_list_current 1");
    }
  }

  private DenyList open(Duration reload) throws IOException {
    return DenyList.open(new DenyListSettings(file, reload), metrics);
  }

  private static Denied of(DenyList list, String patient) {
    return list.denials().of(new PatientId(patient));
  }
}
