package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.Purpose;
import io.wholechart.journal.JournalVerifier;
import io.wholechart.journal.ReadKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Purpose EMERGENCY = new Purpose("TREAT", "emergency", "emergency", null);

  @TempDir Path folder;
  private WrittenLog log;

  @BeforeEach
  void open() throws IOException {
    log = new WrittenLog(folder);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void emergenciesAndBrokenGlassWaitAndNothingElseDoes() throws Exception {
    long broken = access("p-1001", Recordings.BROKEN_GLASS);
    long emergency = access("p-1002", EMERGENCY);
    access("p-1003", new Purpose("TREAT", "urgent", "urgent", null));
    log.write(
        Recordings.refused(
            Recordings.request("patient-read", "p-1004", Recordings.DOCTOR, EMERGENCY),
            404,
            "patient-not-found"));

    assertThat(queue())
        .contains(broken + "  2026-01-31T08:15:00.123Z  patient p-1001\n")
        .contains("why   BTG, break the glass: unconscious, no consent on file\n")
        .contains(emergency + "  2026-01-31T08:15:00.123Z  patient p-1002\n")
        .endsWith("2 wait for review\n");
  }

  @Test
  void whatWasClosedWaitsNoLongerAndTheReviewIsARecord() throws Exception {
    long first = access("p-1001", EMERGENCY);
    access("p-1002", EMERGENCY);

    long record = review(first);

    assertThat(queue()).doesNotContain("p-1001").endsWith("1 waits for review\n");
    Path reviews = Reviews.of(log.settings.directory()).orElseThrow();
    assertThat(JournalVerifier.verify(reviews).exitCode()).isZero();
    assertThat(RecordLog.find(reviews, ReadKeys.none(), record))
        .hasValueSatisfying(found -> {
          assertThat(found.node()).isEqualTo("node-one-reviews");
          assertThat(found.record().toString()).isEqualTo("ReviewClosed[of=" + first + "]");
        });
  }

  @Test
  void anEmergencyThatWasInterruptedWaitsAndCanBeClosed() throws Exception {
    var request = Recordings.request("summary", "p-1001", Recordings.DOCTOR, EMERGENCY);
    long intent = log.write(new Intent(Recordings.at("2026-01-31T08:00:00Z"), request));
    long seq = log.write(new Interrupted(Recordings.at("2026-01-31T09:00:00Z"), intent));
    assertThat(queue()).startsWith(seq + "  ").endsWith("1 waits for review\n");

    review(seq);

    assertThat(queue()).isEqualTo("0 wait for review\n");
  }

  @Test
  void onlyWhatWaitsCanBeClosedAndOnlyOnce() throws Exception {
    long ordinary = access("p-1001", new Purpose("TREAT", "normal", "normal", null));
    long emergency = access("p-1001", EMERGENCY);
    review(emergency);

    assertThatThrownBy(() -> review(emergency)).hasMessageContaining("was reviewed before");
    assertThatThrownBy(() -> review(ordinary)).hasMessageContaining("no emergency");
    assertThatThrownBy(() -> review(99)).hasMessageContaining("there is no record 99");
  }

  private long access(String patient, Purpose purpose) throws InterruptedException {
    return log.write(
        Recordings.whole(Recordings.request("patient-read", patient, Recordings.DOCTOR, purpose)));
  }

  private long review(long seq) throws IOException, InterruptedException {
    return Reviews.close(log.settings, seq, "Dr. Roe", "was there", () -> NOW, new Random(1));
  }

  private String queue() throws IOException {
    var out = new StringBuilder();
    try (RecordLog records = log.read()) {
      Reviews closed = Reviews.read(log.settings.directory(), ReadKeys.none());
      new ReviewQueue(records, closed, Period.ALWAYS).text(out);
    }
    return out.toString();
  }
}
