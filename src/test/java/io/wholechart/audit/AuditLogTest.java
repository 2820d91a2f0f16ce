package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Journal;
import io.wholechart.metrics.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path directory;
  private final Metrics metrics = new Metrics(List.of());
  private Instant now = Records.NOON;
  private long nanos;

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void whatIsAppendedIsInTheFileAndTheReceiptSaysWhere() throws Exception {
    try (AuditLog log = open()) {
      Recording intent = log.handOver(Records.intent("r-1", "p-1001"));
      assertThat(intent.isRefused()).isFalse();
      var begun = (Recorded.Durable) intent.await();
      var done = (Recorded.Durable) log.append(Records.outcome("r-1", "p-1001", begun.seq()));

      JsonNode outcome = new Journal(directory).records().getFirst();
      assertThat(outcome.path("intent").asLong()).isEqualTo(begun.seq());
      assertThat(done.receipt())
          .matches(outcome.path("node").asText() + ";seq=" + done.seq() + ";size=[0-9]+");
      assertThat(new Journal(directory).around(outcome)).hasSize(2);
    }
  }

  @Test
  void theLogTellsOfItself() throws Exception {
    try (AuditLog log = open()) {
      log.configured("1.0", Records.DIGEST);
      log.append(Records.outcome("r-1", "p-1001", 0));
      log.beat();
      log.beat();
    }
    assertThat(new Journal(directory).records("configured").getFirst().path("version").asText())
        .isEqualTo("1.0");
    assertThat(new Journal(directory).records("heartbeat"))
        .extracting(beat -> beat.path("records").asInt())
        .containsExactly(3, 0); // started, configured and the outcome; then none
    assertThat(events()).contains("started clean", "stopped in-order");
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void anAccessThatACrashCutOffIsRecordedAsInterruptedAtTheNextStartAndOnlyThen() throws Exception {
    long cutOff;
    try (AuditLog log = open()) {
      var whole = (Recorded.Durable) log.handOver(Records.intent("r-1", "p-1001")).await();
      log.append(Records.outcome("r-1", "p-1001", whole.seq()));
      cutOff = ((Recorded.Durable) log.handOver(Records.intent("r-2", "p-1002")).await()).seq();
      log.beat();
      log.beat(); // one more, and what comes before is too old to be still open
    }
    Files.delete(directory.resolve("open-since")); // no orderly stop has come to that
    open().close();
    assertThat(interrupted()).containsExactly(cutOff);
    assertThat(events()).contains("started interrupted");

    Files.delete(directory.resolve("open-since"));
    open().close();
    assertThat(interrupted()).containsExactly(cutOff);
  }

  @Test
  void aStartLooksBackToTheHeartbeatBeforeTheLastAndNoFurther() throws Exception {
    String noted;
    try (AuditLog log = open()) {
      log.handOver(Records.intent("r-1", "p-1001")).await();
      log.beat();
      log.handOver(Records.intent("r-2", "p-1001")).await();
      log.beat();
      log.handOver(Records.intent("r-3", "p-1001")).await();
      noted = Files.readString(directory.resolve("open-since"));
    }
    Files.writeString(directory.resolve("open-since"), noted); // as a crash leaves it
    open().close();
    List<Long> since =
        new Journal(directory)
            .records("intent").stream()
                .filter(intent -> !intent.path("requestId").asText().equals("r-1"))
                .map(intent -> intent.path("seq").asLong())
                .toList();
    assertThat(interrupted()).isEqualTo(since).hasSize(2);
  }

  @Test
  void afterAnOrderlyStopNothingIsOpen() throws Exception {
    try (AuditLog log = open()) {
      log.append(Records.outcome("r-1", "p-1001", 0));
    }
    open().close();
    assertThat(interrupted()).isEmpty();
    assertThat(events()).doesNotContain("started interrupted");
  }

  @Test
  void aClockSetBackIsRecordedAndTheOrderIsThatOfTheNumbers() throws Exception {
    try (AuditLog log = open()) {
      append(log, "before");
      now = now.minus(Duration.ofHours(1));
      append(log, "after");
      append(log, "later");
    }
    List<JsonNode> outcomes = new Journal(directory).records();
    assertThat(outcomes)
        .extracting(record -> record.path("requestId").asText())
        .containsExactly("before", "after", "later");
    assertThat(outcomes).isSortedAccordingTo((a, b) -> Long.compare(seq(a), seq(b)));
    assertThat(at(outcomes.get(1))).isBefore(at(outcomes.getFirst()));
    assertThat(outcomes.get(1).path("mono").asLong())
        .isGreaterThan(outcomes.getFirst().path("mono").asLong());
    assertThat(events()).containsOnlyOnce("clock-set -3600000ms");
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void whatADeadDiskCannotTakeIsRefusedAtOnce() throws Exception {
    FaultyJournal journal = FaultyJournal.sound(directory, metrics);
    journal.fail();
    assertThat(journal.log().append(Records.outcome("r-1", "p-1", 0)))
        .isInstanceOf(Recorded.NotDurable.class);
    Recording intent = journal.log().handOver(Records.intent("r-2", "p-1"));
    assertThat(intent.isRefused()).isTrue();
    assertThat(intent.await()).isInstanceOf(Recorded.NotDurable.class);
    assertThat(journal.log().isWritable()).isFalse();
    journal.log().close();
  }

  private void append(AuditLog log, String requestId) throws InterruptedException {
    now = now.plusMillis(10);
    nanos += 10_000_000;
    AuditRecord record = Records.outcome(requestId, "p-1001", 0).stamped(log.stamp());
    assertThat(log.append(record)).isInstanceOf(Recorded.Durable.class);
  }

  private AuditLog open() throws Exception {
    var settings = new AuditSettings(directory);
    return AuditLog.open(
        settings,
        metrics,
        events -> io.wholechart.journal.Journal.open(settings.journal(), events),
        () -> now,
        () -> nanos);
  }

  private List<Long> interrupted() {
    return new Journal(directory)
        .records("interrupted").stream().map(record -> record.path("of").asLong()).toList();
  }

  private List<String> events() {
    return new Journal(directory)
        .records("status").stream()
            .map(record -> record.path("event").asText() + " " + record.path("detail").asText())
            .toList();
  }

  private static long seq(JsonNode record) {
    return record.path("seq").asLong();
  }

  private static Instant at(JsonNode record) {
    return Instant.parse(record.path("at").asText());
  }
}
