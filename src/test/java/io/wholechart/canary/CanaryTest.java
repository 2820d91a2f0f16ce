package io.wholechart.canary;

import static io.wholechart.canary.Canary.TRIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.canary.Canary.Channel;
import io.wholechart.canary.Canary.Leak;
import io.wholechart.journal.ReadKeys;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Leaks on purpose, of a patient whom nobody has: the canary of this very run has to find them. */
class CanaryTest {
  @TempDir Path folder;

  @BeforeEach
  void forgetEarlierTrials() {
    Canary.trials();
  }

  @Test
  void aNameInALineOfOursIsFoundAlsoWhereTestsDoNotPrintIt() {
    Log.of(CanaryTest.class).info("{} was here", Safe.words(TRIED));

    assertFound(Channel.LOG);
  }

  @Test
  void aNameInALibrarysWarningIsFound() {
    LoggerFactory.getLogger("io.helidon.webserver").warn("cannot parse {}", TRIED);

    assertFound(Channel.LOG);
  }

  @Test
  void aNameInTheTraceOfALoggedExceptionIsFound() {
    var cause = new IllegalStateException(TRIED);

    LoggerFactory.getLogger("io.helidon.http").error("failed", new RuntimeException("x", cause));

    assertFound(Channel.LOG);
  }

  @Test
  void whatALibraryWouldNotLogIsNone() {
    LoggerFactory.getLogger("io.helidon.webserver").debug("parsing {}", TRIED);

    assertThat(Canary.trials()).isEmpty();
  }

  /** Such a one as names its file, here one named after the bird; it is caught, as most are. */
  @Test
  void aNameInAnExceptionOfOursIsFoundAlsoWhereItIsCaught() throws IOException {
    Path file = Files.writeString(folder.resolve(TRIED), "no key");

    assertThatThrownBy(() -> ReadKeys.of(file)).hasMessageContaining(TRIED);

    await().atMost(Duration.ofSeconds(20)).until(() -> !trialsOf(Channel.EXCEPTION).isEmpty());
  }

  @Test
  void whoeverIsAPatientOfTheStubHospitalIsLookedFor() {
    assertThat(Canary.names())
        .contains("Lindqvist", "Haverford", "1957-02-27")
        .hasSizeGreaterThan(20);
    assertThat(Canary.found("GET /patients/p-1004: MRN700433, call 802-555-0433"))
        .containsExactly("p-1004", "MRN700433", "802-555-0433");
    assertThat(Canary.found("source lab: 12 entries, 3 of p-9")).isEmpty();
  }

  @Test
  void whatIsFoundFailsTheClass() {
    var leak = new Leak(Channel.METRICS, "p-1004", "requests{patient=\"p-1004\"}");

    assertThatThrownBy(() -> CanaryExtension.assertNone(List.of(leak)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("METRICS: \"p-1004\" in: requests{patient=\"p-1004\"}");
  }

  private static void assertFound(Channel channel) {
    assertThat(trialsOf(channel)).hasSize(1);
  }

  private static List<Leak> trialsOf(Channel channel) {
    return Canary.trials().stream().filter(leak -> leak.channel() == channel).toList();
  }
}
