package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.wholechart.audit.Receipt.Durable;
import io.wholechart.audit.Receipt.NotDurable;
import io.wholechart.audit.Receipt.Reason;
import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal makes of a disk that fails, writes short or hangs. */
class JournalFailureTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir Path directory;
  private final Metrics metrics = FormerRecords.metrics();

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void afterAFailedWriteNothingIsDurable() throws Exception {
    var file = new FaultyFile().failingWrite(3);
    assertDeadAfterTwoRecords(file);
    assertThat(file.writes).hasValue(3);
    assertThat(file.forces).hasValue(2);
  }

  @Test
  void afterAFailedSyncNothingIsDurableAndItIsNotTriedAgain() throws Exception {
    var file = new FaultyFile().failingForce(3);
    assertDeadAfterTwoRecords(file);
    assertThat(file.writes).hasValue(3);
    assertThat(file.forces).hasValue(3);
  }

  private void assertDeadAfterTwoRecords(FaultyFile file) throws Exception {
    try (AuditLog log = open(file, LONG, 100)) {
      assertThat(log.append(FormerRecords.record("r-1"))).isEqualTo(new Durable(1));
      assertThat(log.append(FormerRecords.record("r-2"))).isEqualTo(new Durable(2));
      for (int i = 3; i < 6; i++) {
        assertThat(log.append(FormerRecords.record("r-" + i)))
            .isEqualTo(new NotDurable(Reason.DISK_FAILED));
        assertThat(log.isWritable()).isFalse();
      }
    }
    assertThat(metrics.scrape("text/plain"))
        .contains("audit_failures_total 3.0", "audit_journal_writable 0.0")
        .contains("audit_append_duration_seconds_count 2");
    assertThat(FormerRecords.requestIds(directory))
        .containsEntry(1L, "r-1")
        .containsEntry(2L, "r-2");
    assertThat(AuditVerifier.verify(directory).exitCode()).isIn(0, 2);
    assertGoesOn();
  }

  @Test
  void shortWritesAreWrittenOut() throws Exception {
    var file = new FaultyFile().writingAtMost(7);
    try (AuditLog log = open(file, LONG, 100)) {
      assertThat(log.append(FormerRecords.record("r-1"))).isEqualTo(new Durable(1));
      assertThat(log.append(FormerRecords.record("r-2"))).isEqualTo(new Durable(2));
    }
    assertThat(file.writes.get()).isGreaterThan(100);
    assertThat(file.forces).hasValue(2);
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aDiskThatTakesNoBytesFailsTheJournal() throws Exception {
    try (AuditLog log = open(new FaultyFile().writingAtMost(0), LONG, 100)) {
      assertThat(log.append(FormerRecords.record("r")))
          .isEqualTo(new NotDurable(Reason.DISK_FAILED));
    }
  }

  @Test
  void aHangingDiskIsNotWaitedForLongerThanTheBound() throws Exception {
    var file = new FaultyFile().hangingForce(1);
    try (AuditLog log = open(file, SHORT, 100)) {
      assertThat(log.append(FormerRecords.record("late")))
          .isEqualTo(new NotDurable(Reason.DISK_STALLED));
      await().until(() -> !log.isWritable());
      // The next one is not even queued: it would be written long after its request is over.
      assertThat(log.append(FormerRecords.record("refused")))
          .isEqualTo(new NotDurable(Reason.DISK_STALLED));
      file.release();
      await().until(log::isWritable);
      assertThat(log.append(FormerRecords.record("next"))).isEqualTo(new Durable(2));
    }
    assertThat(FormerRecords.requestIds(directory)).isEqualTo(Map.of(1L, "late", 2L, "next"));
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aLogThatHangsWhenItIsClosedStaysLocked() throws Exception {
    var file = new FaultyFile().hangingForce(1);
    AuditLog log = open(file, SHORT, 100);
    assertThat(log.append(FormerRecords.record("late")))
        .isEqualTo(new NotDurable(Reason.DISK_STALLED));
    log.close();
    assertThat(ProcessKillTest.openInAnotherProcess(directory)).contains("in use");
    file.release();
    log.close();
    assertGoesOn();
  }

  @Test
  void moreRecordsThanTheQueueHoldsAreRefusedAtOnce() throws Exception {
    var file = new FaultyFile().hangingForce(1);
    try (AuditLog log = open(file, LONG, 2)) {
      var first = appending(log, "r-1");
      file.awaitHang();
      var second = appending(log, "r-2");
      var third = appending(log, "r-3");
      await().until(() -> metrics.scrape("text/plain").contains("audit_queue_depth 2.0"));
      assertThat(log.append(FormerRecords.record("r-4")))
          .isEqualTo(new NotDurable(Reason.QUEUE_FULL));
      file.release();
      assertThat(first.get()).isEqualTo(new Durable(1));
      assertThat(second.get()).isInstanceOf(Durable.class);
      assertThat(third.get()).isInstanceOf(Durable.class);
    }
    assertThat(file.forces).hasValue(2); // two that waited share one
    assertThat(FormerRecords.requestIds(directory)).hasSize(3).doesNotContainValue("r-4");
  }

  @Test
  void closingWritesWhatWaits() throws Exception {
    var file = new FaultyFile().hangingForce(1);
    AuditLog log = open(file, LONG, 2);
    var first = appending(log, "r-1");
    file.awaitHang();
    var second = appending(log, "r-2");
    var third = appending(log, "r-3"); // fills the queue, so that closing cannot add to it
    await().until(() -> metrics.scrape("text/plain").contains("audit_queue_depth 2.0"));
    Thread closing = Thread.ofPlatform().start(log::close);
    await().until(() -> !log.isWritable());
    assertThat(log.append(FormerRecords.record("r-4"))).isEqualTo(new NotDurable(Reason.CLOSED));
    closing.interrupt(); // an impatient shutdown does not lose records
    file.release();
    closing.join();
    assertThat(first.get()).isEqualTo(new Durable(1));
    assertThat(second.get()).isInstanceOf(Durable.class);
    assertThat(third.get()).isInstanceOf(Durable.class);
    assertThat(AuditVerifier.verify(directory)).isInstanceOf(Verification.Whole.class);
    assertGoesOn();
  }

  @Test
  void whatWaitsBehindAFailureIsRefusedWithIt() throws Exception {
    var file = new FaultyFile().hangingForce(1).failingForce(1);
    try (AuditLog log = open(file, LONG, 10)) {
      var first = appending(log, "r-1");
      file.awaitHang();
      var second = appending(log, "r-2");
      await().until(() -> metrics.scrape("text/plain").contains("audit_queue_depth 1.0"));
      file.release();
      assertThat(first.get()).isEqualTo(new NotDurable(Reason.DISK_FAILED));
      assertThat(second.get()).isEqualTo(new NotDurable(Reason.DISK_FAILED));
    }
    assertThat(file.writes).hasValue(1);
  }

  @Test
  void aFailureWhileMendingIsToldAtTheStart() throws Exception {
    try (AuditLog log = open(new FaultyFile().failingWrite(2), LONG, 10)) {
      assertThat(log.append(FormerRecords.record("r-1"))).isEqualTo(new Durable(1));
      assertThat(log.append(FormerRecords.record("r-2"))).isInstanceOf(NotDurable.class);
    }
    assertThat(AuditVerifier.verify(directory).exitCode()).isEqualTo(2);
    assertThatExceptionOfType(AuditUnavailableException.class)
        .isThrownBy(() -> open(new FaultyFile().failingForce(1), LONG, 10))
        .withMessageContaining(directory.toString());
    assertGoesOn();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverFailsWhatWasAcknowledgedIsInTheFile(long seed) throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var acknowledged = new ConcurrentHashMap<Long, String>();
    for (int round = 0; round < 4; round++) {
      var file = new FaultyFile().writingAtMost(random.nextInt(50, 5000));
      file =
          random.nextBoolean()
              ? file.failingWrite(random.nextInt(1, 200))
              : file.failingForce(random.nextInt(1, 20));
      appendFromManyThreads(file, round, acknowledged);
      assertThat(FormerRecords.requestIds(directory))
          .as("seed %d, round %d", seed, round)
          .containsAllEntriesOf(acknowledged);
      assertThat(AuditVerifier.verify(directory).exitCode()).isIn(0, 2);
    }
    assertGoesOn();
    assertThat(FormerRecords.requestIds(directory)).containsAllEntriesOf(acknowledged);
  }

  private void appendFromManyThreads(FaultyFile file, int round, Map<Long, String> acknowledged)
      throws Exception {
    try (AuditLog log = open(file, LONG, 1000)) {
      var threads = new Thread[20];
      for (int t = 0; t < threads.length; t++) {
        String name = round + "-" + t + "-";
        threads[t] = Thread.startVirtualThread(() -> appendUntilRefused(log, name, acknowledged));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void appendUntilRefused(
      AuditLog log, String name, Map<Long, String> acknowledged) {
    for (int i = 0; i < 40; i++) {
      try {
        if (!(log.append(FormerRecords.record(name + i)) instanceof Durable(long seq))) {
          return;
        }
        acknowledged.put(seq, name + i);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A log opened anew on a sound disk mends its end, takes records and is whole. */
  private void assertGoesOn() throws Exception {
    try (AuditLog log = open(new FaultyFile(), LONG, 10)) {
      assertThat(log.append(FormerRecords.record("after"))).isInstanceOf(Durable.class);
    }
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  private static FutureTask<Receipt> appending(AuditLog log, String id) {
    var task = new FutureTask<>(() -> log.append(FormerRecords.record(id)));
    Thread.startVirtualThread(task);
    return task;
  }

  private AuditLog open(FaultyFile file, Duration bound, int queueCapacity)
      throws AuditUnavailableException {
    return AuditLog.open(
        new AuditSettings(directory), metrics, file.opener(), bound, queueCapacity);
  }
}
