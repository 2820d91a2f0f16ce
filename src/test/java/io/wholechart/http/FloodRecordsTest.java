package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Journal;
import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.audit.AnswerGiven;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.AuditSettings;
import io.wholechart.audit.AuditVerifier;
import io.wholechart.audit.FaultyJournal;
import io.wholechart.audit.Purpose;
import io.wholechart.audit.Recorded;
import io.wholechart.audit.Stamp;
import io.wholechart.journal.Verification;
import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloodRecordsTest {
  private static final int FLOOD = 2000;

  @TempDir Path directory;
  private final Metrics metrics = new Metrics(List.of());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void aFewAreRecordedOneByOne() throws Exception {
    try (var audit = AuditLog.open(new AuditSettings(directory), metrics)) {
      var shed = new FloodRecords(audit, () -> 0);
      for (int i = 0; i < 20; i++) {
        assertThat(shed.append(record(i, "normal"))).isInstanceOf(Recorded.Durable.class);
      }
    }
    assertThat(journal()).hasSize(20).noneMatch(line -> line.path("requests").asInt() > 1);
    assertThat(journal().getFirst().path("patientId").asText()).isEqualTo("p-1");
  }

  @Test
  void aFloodIsRecordedInSummariesThatAddUp() throws Exception {
    var durable = new AtomicInteger();
    try (var audit = AuditLog.open(new AuditSettings(directory), metrics)) {
      var shed = new FloodRecords(audit, () -> 0);
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < FLOOD; i++) {
        Outcome record = record(i, i % 10 == 0 ? "urgent" : "normal");
        callers.add(
            Thread.startVirtualThread(() -> {
              if (append(shed, record) instanceof Recorded.Durable(long seq, _)) {
                // The line that it was told of is on disk before it goes on.
                durable.addAndGet(seq <= size(directory) ? 1 : 0);
              }
            }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    assertThat(durable).hasValue(FLOOD);
    List<JsonNode> lines = journal();
    assertThat(lines).hasSizeLessThan(FLOOD / 4);
    assertThat(sum(lines, "urgent")).isEqualTo(FLOOD / 10);
    assertThat(sum(lines, "normal")).isEqualTo(FLOOD - FLOOD / 10);
    assertThat(lines)
        .filteredOn(line -> line.path("requests").asInt() > 1)
        .isNotEmpty()
        .allMatch(line -> line.path("patientId").isNull())
        .allMatch(line -> line.path("problem").asText().equals("overloaded"));
    assertThat(AuditVerifier.verify(directory)).isInstanceOf(Verification.Whole.class);
  }

  @Test
  void nobodyOfASummaryThatCouldNotBeWrittenIsTaken() throws Exception {
    var journal = FaultyJournal.sound(directory, metrics);
    journal.fail();
    var shed = new FloodRecords(journal.log(), () -> 0);
    assertThat(shed.append(record(0, "normal"))).isInstanceOf(Recorded.NotDurable.class);
    List<FutureTask<Recorded>> flood = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Outcome record = record(i, "normal");
      flood.add(new FutureTask<>(() -> shed.append(record)));
      Thread.startVirtualThread(flood.getLast());
    }
    for (FutureTask<Recorded> one : flood) {
      assertThat(one.get()).isInstanceOf(Recorded.NotDurable.class);
    }
    journal.log().close();
  }

  @Test
  void whoJoinedASummaryWhoseWriterWasInterruptedDoesNotWaitForEver() throws Exception {
    var journal = FaultyJournal.hangingSync(1, directory, metrics);
    var shed = new FloodRecords(journal.log(), () -> 0);
    List<Thread> flood = new ArrayList<>();
    List<FutureTask<Recorded>> receipts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Outcome record = record(i, "normal");
      receipts.add(new FutureTask<>(() -> shed.append(record)));
      flood.add(Thread.startVirtualThread(receipts.getLast()));
    }
    journal.awaitHang();
    for (Thread one : flood) {
      one.interrupt();
    }
    for (FutureTask<Recorded> receipt : receipts) {
      assertThatThrownBy(receipt::get).hasCauseInstanceOf(InterruptedException.class);
    }
    journal.release();
    journal.log().close();
  }

  private static Outcome record(int n, String urgency) {
    var request =
        new AccessRequest(
            "r-" + n,
            null,
            Agent.named("ward-7"),
            "p-1",
            "patient-read",
            new Purpose("TREAT", urgency, null, null));
    return new Outcome(
        new Stamp(Instant.parse("2026-02-03T12:00:00Z"), n, "00c0ffee"),
        0,
        request,
        List.of(),
        Map.of(),
        new AnswerGiven(503, null, "overloaded", AnswerGiven.Rating.SERIOUS, null, 0),
        1);
  }

  private static Recorded append(FloodRecords shed, Outcome record) {
    try {
      return shed.append(record);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long size(Path directory) {
    return new Journal(directory).size();
  }

  private static int sum(List<JsonNode> lines, String urgency) {
    return lines.stream()
        .filter(line -> line.at("/purpose/urgencyAsked").asText().equals(urgency))
        .mapToInt(line -> line.path("requests").asInt(1))
        .sum();
  }

  private List<JsonNode> journal() {
    return new Journal(directory).records();
  }
}
