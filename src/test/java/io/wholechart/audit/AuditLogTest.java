package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wholechart.audit.Receipt.Durable;
import io.wholechart.audit.Receipt.NotDurable;
import io.wholechart.audit.Receipt.Reason;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path directory;
  private final Metrics metrics = FormerRecords.metrics();

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void aRecordIsInTheFileWhenItsReceiptIsThere() throws Exception {
    try (AuditLog log = open()) {
      assertThat(log.append(FormerRecords.record("r-1"))).isEqualTo(new Durable(1));
      assertThat(FormerRecords.requestIds(directory)).isEqualTo(Map.of(1L, "r-1"));
      assertThat(log.append(FormerRecords.record("r-2"))).isEqualTo(new Durable(2));
      assertThat(FormerRecords.requestIds(directory)).containsEntry(2L, "r-2");
    }
  }

  @Test
  void theFirstLineIsTheOneThatTheFormatSays() throws Exception {
    append(1);
    assertThat(new String(FormerRecords.bytes(directory), US_ASCII))
        .isEqualTo(
            """
            {"v":2,"seq":1,"prev":"%s","at":"2026-02-03T12:00:00.125Z","requestId":"r-1",\
            "caller":"ward-7","patientId":"p-1001","urgency":"emergency","interaction":"read",\
            "sources":[{"source":"ehr","asked":"7_a","outcome":"ok","identity":"match",\
            "elapsedMs":41,"attempts":1,"entries":24},{"source":"imaging","asked":null,\
            "outcome":"timeout","identity":null,"elapsedMs":2000,"attempts":2,"entries":0}],\
            "httpStatus":200,"completeness":0.5,"problem":null,\
            "hash":"3503d444983b480111287777e16768553f0bbc83a9073333650dea0b81efdaec"}
            """
                .formatted("0".repeat(64)));
  }

  /** As version 1 wrote it; the line is not touched, and the chain goes on from its hash. */
  @Test
  void aLogOfTheFirstVersionStaysWholeAndIsGoneOnWith() throws Exception {
    String old =
        """
        {"v":1,"seq":1,"prev":"%s","at":"2026-02-03T12:00:00.125Z","requestId":"r-1",\
        "caller":"ward-7","patientId":"p-1001","urgency":"emergency","interaction":"read",\
        "sources":[{"source":"ehr","outcome":"ok","elapsedMs":41,"attempts":1,"entries":24},\
        {"source":"imaging","outcome":"timeout","elapsedMs":2000,"attempts":2,"entries":0}],\
        "httpStatus":200,"completeness":0.5,"problem":null,\
        "hash":"b5a55783cafe4e54a3b691dde204a5957f17bbbf8fba68c3779fd0aff84a2331"}
        """
            .formatted("0".repeat(64));
    Files.writeString(FormerRecords.journal(directory), old);
    append(1);

    assertThat(new String(FormerRecords.bytes(directory), US_ASCII))
        .startsWith(old + "{\"v\":2,\"seq\":2,");
    assertThat(AuditVerifier.verify(directory))
        .isInstanceOfSatisfying(
            Verification.Whole.class, whole -> assertThat(whole.records()).isEqualTo(2));
    Files.writeString(FormerRecords.journal(directory), old.replace("\"v\":1", "\"v\":2"));
    assertThat(AuditVerifier.verify(directory)).isInstanceOf(Verification.Altered.class);
  }

  @Test
  void theChainGoesOnWhenTheLogIsOpenedAgain() throws Exception {
    for (int opened = 0; opened < 4; opened++) {
      append(3);
      assertThat(AuditVerifier.verify(directory))
          .isInstanceOfSatisfying(
              Verification.Whole.class,
              whole -> assertThat(whole.records()).isPositive().isEqualTo(lines()));
    }
    assertThat(lines()).isEqualTo(12);
  }

  @Test
  void openingAloneChangesNothing() throws Exception {
    append(2);
    byte[] before = FormerRecords.bytes(directory);
    open().close();
    assertThat(FormerRecords.bytes(directory)).isEqualTo(before);
  }

  @Test
  void recordsOfManyThreadsGetDenseNumbers() throws Exception {
    var acknowledged = new ConcurrentHashMap<Long, String>();
    try (AuditLog log = open()) {
      var threads = new Thread[300];
      for (int t = 0; t < threads.length; t++) {
        String name = "t" + t;
        threads[t] =
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < 20; i++) {
                String id = name + "-" + i;
                if (appendTo(log, id) instanceof Durable(long seq)) {
                  acknowledged.put(seq, id);
                }
              }
            });
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(acknowledged.keySet())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 6000).boxed().toList());
    assertThat(FormerRecords.requestIds(directory)).isEqualTo(new HashMap<>(acknowledged));
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void anInterruptedThreadDoesNotHarmTheOthers() throws Exception {
    var interrupted = new CountDownLatch(200);
    try (AuditLog log = open()) {
      for (int t = 0; t < 200; t++) {
        String id = "i-" + t;
        Thread.startVirtualThread(() -> {
          Thread.currentThread().interrupt();
          try {
            log.append(FormerRecords.record(id));
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
        assertThat(log.append(FormerRecords.record("r-" + t))).isInstanceOf(Durable.class);
      }
      interrupted.await();
      assertThat(log.isWritable()).isTrue();
      assertThat(log.append(FormerRecords.record("last"))).isInstanceOf(Durable.class);
    }
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aClosedLogTakesNothing() throws Exception {
    AuditLog log = open();
    log.close();
    assertThat(log.append(FormerRecords.record("r"))).isEqualTo(new NotDurable(Reason.CLOSED));
    assertThat(log.isWritable()).isFalse();
    log.close(); // twice does no harm
  }

  @Test
  void theMetersTellOfRecordsAndOfTheJournal() throws Exception {
    AuditLog log = open();
    var _ = log.append(FormerRecords.record("r"));
    assertThat(metrics.scrape("text/plain"))
        .contains("audit_append_duration_seconds_count 1", "audit_journal_writable 1.0")
        .contains("audit_queue_depth 0.0");
    log.close();
    var _ = log.append(FormerRecords.record("r"));
    assertThat(metrics.scrape("text/plain"))
        .contains("audit_failures_total 1.0", "audit_journal_writable 0.0");
  }

  @Test
  void aSecondOpenerIsRefusedAndTheFirstGoesOn() throws Exception {
    try (AuditLog log = open()) {
      assertThatExceptionOfType(AuditUnavailableException.class)
          .isThrownBy(this::open)
          .withMessageContaining(directory.toString())
          .withMessageContaining("in use by another process");
      assertThat(log.append(FormerRecords.record("r"))).isInstanceOf(Durable.class);
    }
    append(1); // and after it was closed, it may be opened
  }

  @Test
  void verifyingBesideTheServiceDoesNotUnlockItsLog() throws Exception {
    try (AuditLog log = open()) {
      assertThat(log.append(FormerRecords.record("r"))).isInstanceOf(Durable.class);
      assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
      assertThat(ProcessKillTest.openInAnotherProcess(directory))
          .contains("in use by another process");
    }
  }

  @Test
  void theFilesAreTheOwnersAlone() throws Exception {
    directory = directory.resolve("a/b");
    append(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(FormerRecords.journal(directory))))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileWhereTheDirectoryShouldBeIsNamed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    for (Path path : new Path[] {file, file.resolve("below")}) {
      assertThatExceptionOfType(AuditUnavailableException.class)
          .isThrownBy(() -> AuditLog.open(new AuditSettings(path), metrics))
          .withMessageContaining(path.toString())
          .withMessageContaining("is a file; set audit.directory to a directory");
    }
  }

  @Test
  void aDirectoryWhereTheFileShouldBeIsNamed() throws Exception {
    Files.createDirectory(FormerRecords.journal(directory));
    assertThatExceptionOfType(AuditUnavailableException.class)
        .isThrownBy(this::open)
        .withMessageContaining(directory.toString())
        .withMessageContaining("a directory stands where its file belongs");
  }

  @Test
  void anUnwritableDirectoryIsNamed() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    assumeFalse(Files.isWritable(directory), "this user may write everywhere");
    assertThatExceptionOfType(AuditUnavailableException.class)
        .isThrownBy(this::open)
        .withMessageContaining(directory.toString())
        .withMessageContaining("may not write there");
  }

  @Test
  void whatTheSystemSaysComesWithItsMend() {
    assertMend(new AccessDeniedException("x"), "give the directory to the user");
    assertMend(new FileSystemException("x", null, "No space left on device"), "make room");
    assertMend(new IOException("Disk quota exceeded"), "make room");
    assertMend(new FileSystemException("x", null, "Read-only file system"), "mount it writable");
    assertMend(new IOException("Input/output error"), "Input/output error; see that");
    assertMend(new IOException(), "see that this user may read and write there");
  }

  @Test
  void aLastLineThatWasChangedIsNotBuiltUpon() throws Exception {
    append(3);
    byte[] bytes = FormerRecords.bytes(directory);
    bytes[bytes.length - 90] ^= 1;
    Files.write(FormerRecords.journal(directory), bytes);
    assertThatExceptionOfType(AuditUnavailableException.class)
        .isThrownBy(this::open)
        .withMessageContaining("not as it was written")
        .withMessageContaining("keep the file as evidence");
    assertThat(FormerRecords.bytes(directory)).isEqualTo(bytes);
  }

  @Test
  void aBlankLastLineIsNotTakenForAnEmptyLog() throws Exception {
    append(1);
    Files.writeString(FormerRecords.journal(directory), "\n", StandardOpenOption.APPEND);
    assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(this::open);
  }

  @Test
  void aTailThatTheJournalDidNotWriteIsNotCutOff() throws Exception {
    append(2);
    for (String tail : new String[] {"x", "{\"v\":1,\"seq\":2,", "{\"v\":1,\"seq\":3 "}) {
      byte[] before = FormerRecords.bytes(directory);
      Files.writeString(FormerRecords.journal(directory), tail, StandardOpenOption.APPEND);
      assertThatExceptionOfType(AuditUnavailableException.class)
          .isThrownBy(this::open)
          .withMessageContaining("did not write");
      Files.write(FormerRecords.journal(directory), before);
    }
  }

  @Test
  void zerosWherePowerFailedAreCutOff() throws Exception {
    append(2);
    byte[] whole = FormerRecords.bytes(directory);
    for (String cut : new String[] {"", "{\"v\":1,\"seq\":3,\"pr"}) {
      Files.writeString(
          FormerRecords.journal(directory),
          cut + "\0".repeat(1_000_000),
          StandardOpenOption.APPEND);
      assertThat(AuditVerifier.verify(directory).exitCode()).isEqualTo(2);
      open().close();
      assertThat(FormerRecords.bytes(directory)).isEqualTo(whole);
    }
  }

  private static void assertMend(IOException cause, String mend) {
    assertThat(AuditUnavailableException.because(Path.of("/var/audit"), cause))
        .hasMessageContaining("/var/audit")
        .hasMessageContaining(mend)
        .hasCause(cause);
  }

  private AuditLog open() throws AuditUnavailableException {
    return AuditLog.open(new AuditSettings(directory), metrics);
  }

  private void append(int records) throws Exception {
    try (AuditLog log = open()) {
      for (int i = 1; i <= records; i++) {
        assertThat(log.append(FormerRecords.record("r-" + i))).isInstanceOf(Durable.class);
      }
    }
  }

  private static Receipt appendTo(AuditLog log, String id) {
    try {
      return log.append(FormerRecords.record(id));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long lines() {
    return new String(FormerRecords.bytes(directory), US_ASCII).lines().count();
  }
}
