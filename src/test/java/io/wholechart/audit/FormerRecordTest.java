package io.wholechart.audit;

import static io.wholechart.audit.FormerRecords.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormerRecordTest {
  @Test
  void itsTextDoesNotSayWhoIsWhosePatient() {
    assertThat(FormerRecords.record("r-1").toString())
        .contains("r-1")
        .doesNotContain("p-1001", "ward-7");
  }

  @Test
  void sourcesAreCopied() {
    var sources = new ArrayList<>(List.of(new FormerSource("ehr", "p-1", "ok", "match", 1, 1, 1)));
    FormerRecord record = record(NOON, "r", "c", null, "read", sources, 200, null);
    sources.clear();
    assertThat(record.sources()).hasSize(1);
  }

  @Test
  void theTimeIsCutToWhatTheLogKeeps() {
    Instant at = Instant.parse("2026-02-03T12:00:00.123456789Z");
    assertThat(record(at, "r", "c", null, "read", List.of(), 200, null).at())
        .isEqualTo("2026-02-03T12:00:00.123Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Miller; DROP", "../x", "p*", "a\nb", ".."})
  void anIdThatIsNotLegalIsRefusedAndNotRepeated(String hostile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record(NOON, "r", "c", hostile, "read", List.of(), 400, null))
        .withMessage("patientId is a legal id, or null where the request's was not");
  }

  @Test
  void textThatCannotBeOursIsRefused() {
    refused("requestId", () -> record(NOON, "a b", "c", null, "read", List.of(), 200, null));
    refused("requestId", () -> record(NOON, "", "c", null, "read", List.of(), 200, null));
    refused(
        "requestId", () -> record(NOON, "r".repeat(65), "c", null, "read", List.of(), 200, null));
    refused("caller", () -> record(NOON, "r", " ", null, "read", List.of(), 200, null));
    refused("caller", () -> record(NOON, "r", "a\nb", null, "read", List.of(), 200, null));
    refused("caller", () -> record(NOON, "r", "a\u009bb", null, "read", List.of(), 200, null));
    refused("caller", () -> record(NOON, "r", "c".repeat(257), null, "read", List.of(), 200, null));
    refused("interaction", () -> record(NOON, "r", "c", null, "read it", List.of(), 200, null));
    refused(
        "outcome", () -> new FormerSource("ehr", null, "no such patient Miller", null, 1, 1, 0));
    refused("source", () -> new FormerSource("", null, "ok", null, 1, 1, 0));
    refused("asked", () -> new FormerSource("ehr", "p*", "ok", null, 1, 1, 0));
    refused("identity", () -> new FormerSource("ehr", null, "ok", "perhaps", 1, 1, 0));
    refused("negative", () -> new FormerSource("ehr", "p-1", "ok", "match", 1, 1, -1));
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    refused("httpStatus", () -> record(NOON, "r", "c", null, "read", List.of(), 99, null));
    refused("httpStatus", () -> record(NOON, "r", "c", null, "read", List.of(), 600, null));
    for (double fraction : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused("completeness", () -> record(NOON, "r", "c", null, "read", List.of(), 200, fraction));
    }
    refused("at", () -> record(Instant.MAX, "r", "c", null, "read", List.of(), 200, null));
    refused("at", () -> record(Instant.MIN, "r", "c", null, "read", List.of(), 200, null));
    List<FormerSource> many =
        Collections.nCopies(201, new FormerSource("ehr", "p-1", "ok", "match", 1, 1, 1));
    refused("sources", () -> record(NOON, "r", "c", null, "read", many, 200, null));
  }

  private static void refused(String field, ThrowingCallable it) {
    assertThatIllegalArgumentException().isThrownBy(it).withMessageContaining(field);
  }

  private static FormerRecord record(
      Instant at,
      String requestId,
      String caller,
      String patientId,
      String interaction,
      List<FormerSource> sources,
      int httpStatus,
      Double completeness) {
    return new FormerRecord(
        at,
        requestId,
        caller,
        patientId,
        "normal",
        interaction,
        sources,
        httpStatus,
        completeness,
        null);
  }
}
