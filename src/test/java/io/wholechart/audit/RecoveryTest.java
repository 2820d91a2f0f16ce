package io.wholechart.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Journal;
import io.wholechart.SmallDisk;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log goes on when its disk does, without a restart. */
class RecoveryTest {
  @TempDir Path folder;
  private final Metrics metrics = new Metrics(List.of());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void whatTheDiskRefusesIsRefusedUntilTheLogHasToldOfTheTimeThatItCouldNotBeWritten()
      throws Exception {
    FaultyJournal journal = FaultyJournal.sound(folder.resolve("audit"), metrics);
    try (AuditLog log = journal.log()) {
      journal.fail();
      assertThat(append(log, "lost")).isInstanceOf(Recorded.NotDurable.class);
      await().until(() -> metrics.scrape("text/plain").contains("audit_outages_total 1.0"));
      assertThat(log.isWritable()).isFalse();

      journal.mend();
      await().until(log::isWritable);
      assertThat(append(log, "kept")).isInstanceOf(Recorded.Durable.class);
    }
    assertRecovered(folder.resolve("audit"), "kept");
  }

  @Test
  void aFullDiskThatGetsRoomAgainIsGoneOnWith() throws Exception {
    try (SmallDisk disk = SmallDisk.inMemory(folder.resolve("disk"), 2)) {
      Path directory = disk.path().resolve("audit");
      try (AuditLog log = AuditLog.open(new AuditSettings(directory), metrics)) {
        disk.fill();
        await().until(() -> append(log, "lost") instanceof Recorded.NotDurable);
        assertThat(log.isWritable()).isFalse();
        disk.free();
        await().until(log::isWritable);
        assertThat(append(log, "kept")).isInstanceOf(Recorded.Durable.class);
      }
      Journal journal = new Journal(directory);
      assertThat(journal.records("gap")).hasSize(1);
      assertThat(journal.records().getLast().path("requestId").asText()).isEqualTo("kept");
      assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
    }
  }

  private static void assertRecovered(Path directory, String... requests) throws IOException {
    Journal journal = new Journal(directory);
    assertThat(journal.records())
        .extracting(record -> record.path("requestId").asText())
        .containsExactly(requests);
    assertThat(journal.records("gap")).hasSize(1);
    JsonNode gap = journal.records("gap").getFirst();
    assertThat(gap.path("count").asInt()).isZero(); // nothing was shown meanwhile
    assertThat(gap.path("seq").asLong())
        .as("the first record after it")
        .isLessThan(journal.records().getFirst().path("seq").asLong());
    assertThat(Files.list(directory).filter(file -> file.toString().endsWith(".jsonl"))).hasSize(2);
    assertThat(AuditVerifier.verify(directory).exitCode()).isZero();
  }

  private static Recorded append(AuditLog log, String requestId) throws InterruptedException {
    return log.append(Records.outcome(requestId, "p-1001", 0));
  }
}
