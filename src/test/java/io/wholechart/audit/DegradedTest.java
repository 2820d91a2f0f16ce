package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Journal;
import io.wholechart.metrics.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emergencies while the journal cannot be written: the spool, then memory, then nothing. */
class DegradedTest {
  @TempDir Path folder;
  private Path directory = Path.of("");
  private final Metrics metrics = new Metrics(List.of());
  private final AtomicLong mono = new AtomicLong();

  @BeforeEach
  void place() {
    directory = folder.resolve("audit");
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void emergenciesAreSpooledAndOthersRefusedAndOnRecoveryTheJournalHasThemOnceAndInOrder()
      throws Exception {
    FaultyJournal journal = FaultyJournal.sound(settings(EmergencyPolicy.DENY), metrics);
    try (AuditLog log = journal.log()) {
      assertThat(access(log, "before")).isInstanceOf(Recorded.Durable.class);
      fail(journal);
      assertThat(log.keeping()).isEqualTo(Keeping.SPOOL);
      for (int i = 0; i < 5; i++) {
        Recorded recorded = access(log, "spooled-" + i);
        assertThat(recorded).isInstanceOf(Recorded.Spooled.class);
        log.note(new AuditRecord.Ended(stamp(), recorded.seq(), true, 7));
      }
      AuditRecord.Heartbeat normal = new AuditRecord.Heartbeat(stamp(), 1);
      assertThat(log.handOver(normal).isRefused()).isTrue();
      journal.mend();
      await().until(() -> new Journal(directory).records("ended").size() == 5);
      await().until(log::isWritable);
      assertThat(access(log, "after")).isInstanceOf(Recorded.Durable.class);
    }
    List<JsonNode> outcomes = new Journal(directory).records();
    assertThat(outcomes)
        .extracting(record -> record.path("requestId").asText())
        .containsExactly(
            "before", "spooled-0", "spooled-1", "spooled-2", "spooled-3", "spooled-4", "after");
    for (JsonNode outcome : outcomes.subList(1, 6)) {
      assertThat(outcome.path("spooled").asBoolean()).isTrue();
      assertThat(new Journal(directory).around(outcome)).hasSize(3);
    }
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void whatAKilledProcessLeftInTheSpoolIsCopiedOnceHoweverFarItHadCome() throws Exception {
    Path spool = folder.resolve("spool");
    Path kept = folder.resolve("kept");
    FaultyJournal journal = FaultyJournal.sound(settings(EmergencyPolicy.DENY), metrics);
    fail(journal);
    for (int i = 0; i < 3; i++) {
      assertThat(access(journal.log(), "spooled-" + i)).isInstanceOf(Recorded.Spooled.class);
    }
    Files.copy(spool, kept);
    journal.log().close();

    for (int start = 0; start < 3; start++) {
      // The first start copies; the others find the spool as if they had been killed before it
      // began anew.
      Files.deleteIfExists(spool);
      Files.copy(kept, spool);
      AuditLog.open(settings(EmergencyPolicy.DENY), metrics).close();
      assertThat(new Journal(directory).records())
          .extracting(record -> record.path("requestId").asText())
          .containsExactly("spooled-0", "spooled-1", "spooled-2");
      assertThat(new Journal(directory).records("interrupted")).isEmpty();
      assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
    }
  }

  @Test
  void aFullSpoolIsTheNextStateAndItsBoundsAreKept() throws Exception {
    FaultyJournal journal = FaultyJournal.sound(settings(EmergencyPolicy.SERVE_BOUNDED), metrics);
    int spooled = 0;
    try (AuditLog log = journal.log()) {
      fail(journal);
      while (log.keeping() == Keeping.SPOOL) {
        spooled += access(log, "r-" + spooled) instanceof Recorded.Spooled ? 1 : 0;
      }
      assertThat(spooled).isPositive();
      int unkept = 0;
      while (log.keeping() == Keeping.VOLATILE) {
        assertThat(access(log, "v-" + unkept++)).isInstanceOf(Recorded.Volatile.class);
      }
      assertThat(unkept).isBetween(99, 100); // the one that found the spool full counts too
      assertThat(log.keeping()).isEqualTo(Keeping.NONE);
      assertThat(access(log, "refused")).isInstanceOf(Recorded.NotDurable.class);
      journal.mend();
      await().until(log::isWritable);
      int all = spooled;
      await().until(() -> new Journal(directory).records().size() >= all);
    }
    Journal read = new Journal(directory);
    assertThat(read.records("gap")).hasSize(1);
    JsonNode gap = read.records("gap").getFirst();
    assertThat(gap.path("count").asInt()).isEqualTo(100);
    assertThat(gap.path("hashes").size()).isBetween(199, 200);
    assertThat(read.records().getFirst().path("seq").asLong())
        .isGreaterThan(gap.path("seq").asLong());
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void anEmergencyDoesNotWaitForAHungDisk() throws Exception {
    FaultyJournal journal = FaultyJournal.sound(settings(EmergencyPolicy.DENY), metrics);
    try (AuditLog log = journal.log()) {
      journal.hang();
      long began = System.nanoTime();
      assertThat(access(log, "hung")).isInstanceOf(Recorded.Spooled.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(250));
      journal.release();
      await().until(() -> new Journal(directory).records().size() == 1);
    }
    assertThat(new Journal(directory).records("intent")).as("nothing twice").hasSize(1);
    assertThat(new Journal(directory).around(new Journal(directory).records().getFirst()))
        .hasSize(2);
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aDiskThatIsSlowIsWaitedForWhereMemoryIsAllThereIsBesides() throws Exception {
    FaultyJournal journal = FaultyJournal.sound(withoutSpool(), metrics);
    try (AuditLog log = journal.log()) {
      journal.hang();
      var asked = new FutureTask<>(() -> access(log, "slow"));
      Thread caller = Thread.startVirtualThread(asked);
      journal.awaitHang();
      assertThat(caller.join(Duration.ofMillis(300))).isFalse();
      assertThat(log.isWritable()).as("for the others").isTrue();
      journal.release();
      assertThat(asked.get()).isInstanceOf(Recorded.Durable.class);
    }
    assertThat(new Journal(directory).records("gap")).isEmpty();
  }

  @Test
  void oneThatHangsIsNotAndTheJournalTellsOfThoseWhoWereAnsweredWhenItIsBack() throws Exception {
    FaultyJournal journal = FaultyJournal.sound(withoutSpool(), metrics, Duration.ofMillis(250));
    try (AuditLog log = journal.log()) {
      journal.hang();
      assertThat(access(log, "hung")).isInstanceOf(Recorded.Volatile.class);
      assertThat(log.isWritable()).isFalse();
      journal.release();
      await().until(log::isWritable);
      assertThat(access(log, "after")).isInstanceOf(Recorded.Durable.class);
    }
    Journal read = new Journal(directory);
    assertThat(read.records("gap")).hasSize(1);
    assertThat(read.records("gap").getFirst().path("count").asInt()).isEqualTo(1);
    assertThat(read.records("gap").getFirst().path("hashes"))
        .as("the intent got there after all")
        .hasSize(1);
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  private AuditSettings withoutSpool() {
    return new AuditSettings(directory).reserve(null, EmergencyPolicy.SERVE_BOUNDED);
  }

  private void fail(FaultyJournal journal) throws InterruptedException {
    journal.fail();
    AuditRecord.Heartbeat lost = new AuditRecord.Heartbeat(stamp(), 1);
    assertThat(journal.log().append(lost)).isInstanceOf(Recorded.NotDurable.class);
    await().until(() -> !journal.log().isWritable());
  }

  private Recorded access(AuditLog log, String requestId) throws InterruptedException {
    Recording begun = log.handOver(Records.intent(requestId, "p-1001").stamped(stamp()));
    Recorded intent = begun.await();
    return intent instanceof Recorded.NotDurable
        ? intent
        : log.append(Records.outcome(requestId, "p-1001", intent.seq()).stamped(stamp()), begun);
  }

  private Stamp stamp() {
    return new Stamp(Records.NOON, mono.incrementAndGet(), "00c0ffee");
  }

  private AuditSettings settings(EmergencyPolicy policy) {
    return new AuditSettings(directory)
        .reserve(new AuditSettings.Spool(folder.resolve("spool"), 64 << 10), policy);
  }
}
