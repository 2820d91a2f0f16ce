package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wholechart.audit.AnswerGiven.Rating;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRecordTest {
  private static final Purpose TREATMENT = new Purpose("TREAT", null, null, null);

  @Test
  void itsTextDoesNotSayWhoIsWhosePatient() {
    for (AuditRecord record :
        List.of(Records.intent("r-1", "p-1001"), Records.outcome("r-1", "p-1001", 1))) {
      assertThat(record.toString()).contains("r-1").doesNotContain("p-1001", "ward-7", "7_a");
    }
    assertThat(new AuditRecord.ReviewClosed(Records.stamp(), 7, "Jo", "of Miller").toString())
        .doesNotContain("Jo", "Miller");
    assertThat(new Purpose("BTG", null, null, "he is my neighbour").toString())
        .doesNotContain("neighbour");
  }

  @Test
  void whatItHoldsIsCopied() {
    var sources = new ArrayList<>(Records.outcome("r-1", "p-1", 1).sources());
    AuditRecord.Outcome outcome = outcome(sources, answer(200, null));
    sources.clear();
    assertThat(outcome.sources()).hasSize(2);
  }

  @Test
  void theTimeIsCutToWhatTheLogKeeps() {
    assertThat(new Stamp(Instant.parse("2026-02-03T12:00:00.123456789Z"), 1, "00000000").at())
        .isEqualTo("2026-02-03T12:00:00.123Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Miller; DROP", "../x", "p*", "a\nb", ".."})
  void anIdThatIsNotLegalIsRefusedAndNotRepeated(String hostile) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Records.request("r-1", hostile))
        .withMessage("patientId is a legal id, or null where the request's was not");
  }

  @Test
  void textThatCannotBeOursIsRefused() {
    for (String id : List.of("", "a b", "r".repeat(65))) {
      refused("requestId", () -> Records.request(id, "p-1"));
    }
    for (String name : List.of(" ", "a\nb", "a\u009bb", "c".repeat(257))) {
      refused("name", () -> Agent.named(name));
    }
    refused("roles", () -> agent(List.of("a\tb"), null));
    refused("roles", () -> agent(Collections.nCopies(33, "r"), null));
    refused("address", () -> agent(List.of(), "a\r\nb"));
    refused("traceId", () -> request("4BF92F3577B34DA6A3CE929D0E0E4736", "read"));
    refused("traceId", () -> request("4bf92f", "read"));
    refused("interaction", () -> request(null, "read it"));
    refused("purposeOfUse", () -> new Purpose("because I can", null, null, null));
    refused("reason", () -> new Purpose("BTG", null, null, "r".repeat(1001)));
    refused("outcome", () -> source("ehr", null, "no such patient Miller", null, 1));
    refused("source", () -> source("", null, "ok", null, 1));
    refused("asked", () -> source("ehr", "p*", "ok", null, 1));
    refused("identity", () -> source("ehr", null, "ok", "perhaps", 1));
    refused("attempts", () -> source("ehr", null, "ok", null, -1));
    refused("run", () -> new Stamp(Records.NOON, 1, "run"));
    refused("digest", () -> new AuditRecord.Configured(Records.stamp(), "1.0", "0123"));
    refused("event", () -> new AuditRecord.Status(Records.stamp(), "so and so", "x"));
  }

  @Test
  void numbersThatCannotBeAreRefused() {
    refused("httpStatus", () -> answer(99, null));
    refused("httpStatus", () -> answer(600, null));
    for (double fraction : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused("completeness", () -> answer(200, fraction));
    }
    refused("at", () -> new Stamp(Instant.MAX, 1, "00000000"));
    refused("at", () -> new Stamp(Instant.MIN, 1, "00000000"));
    refused("mono", () -> new Stamp(Records.NOON, -1, "00000000"));
    refused("of", () -> new AuditRecord.Interrupted(Records.stamp(), -1));
    List<SourceAccess> many =
        Collections.nCopies(201, Records.outcome("r-1", "p-1", 1).sources().getFirst());
    refused("sources", () -> outcome(many, answer(200, null)));
  }

  @Test
  void aSummaryNamesNobody() {
    AuditRecord.Outcome of = Records.outcome("r-1", "p-1", 1);
    refused(
        "requests",
        () ->
            new AuditRecord.Outcome(
                of.stamp(), 0, of.request(), List.of(), Map.of(), of.answer(), 2));
    AuditRecord.Outcome summary = of.summary("s-1", 2);
    assertThat(summary.request().patientId()).isNull();
    assertThat(summary.request().traceId()).isNull();
    assertThat(summary.answer().digest()).isNull();
    assertThat(summary.intent()).isZero();
  }

  private static void refused(String field, ThrowingCallable it) {
    assertThatIllegalArgumentException().isThrownBy(it).withMessageContaining(field);
  }

  private static Agent agent(List<String> roles, String address) {
    return new Agent(null, null, "ward-7", roles, null, null, address);
  }

  private static AccessRequest request(String traceId, String interaction) {
    return new AccessRequest("r-1", traceId, Agent.named("ward-7"), "p-1", interaction, TREATMENT);
  }

  private static SourceAccess source(
      String source, String asked, String outcome, String identity, int attempts) {
    return new SourceAccess(source, asked, null, outcome, null, identity, 1, attempts, 1, 0, null);
  }

  private static AnswerGiven answer(int status, Double completeness) {
    return new AnswerGiven(status, completeness, null, Rating.SUCCESS, null, 0);
  }

  private static AuditRecord.Outcome outcome(List<SourceAccess> sources, AnswerGiven answer) {
    return new AuditRecord.Outcome(
        Records.stamp(), 1, Records.request("r-1", "p-1"), sources, Map.of(), answer, 1);
  }
}
