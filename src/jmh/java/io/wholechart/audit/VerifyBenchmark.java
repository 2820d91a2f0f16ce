package io.wholechart.audit;

import io.wholechart.Measured;
import io.wholechart.audit.AnswerGiven.Rating;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.JournalVerifier;
import io.wholechart.journal.JournalVerifier.Contents;
import io.wholechart.journal.JournalVerifier.Options;
import io.wholechart.journal.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Verifying a log of 20,000 accesses with four sources each; the time is that of one record. {@code
 * chain} looks at no content: what there is above it is what the spelling costs. {@code decoded}
 * reads each record and writes it again, as is done for the few that are not told from their bytes.
 */
public class VerifyBenchmark extends Measured {
  private static final int ACCESSES = 20_000;
  private static final int RECORDS = 3 * ACCESSES;
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private Path folder;
  private Path log;

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/jmh")), "verify");
    log = folder.resolve("log");
    var settings = JournalSettings.in(log, folder.resolve("key.pem"));
    try (Journal journal = Journal.open(settings, new JournalEvents() {})) {
      for (int i = 0; i < ACCESSES; i++) {
        var _ = journal.append(RecordText.encode(new AuditRecord.Intent(stamp(i), request(i))));
        var _ = journal.append(RecordText.encode(outcome(i)));
        byte[] last = RecordText.encode(new AuditRecord.Ended(stamp(i), i, true, 64_000));
        if (i % 500 == 0) {
          journal.appendDurably(last); // the queue is bounded
        } else {
          var _ = journal.append(last);
        }
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Stamp stamp(int i) {
    return new Stamp(
        Instant.ofEpochMilli(1_770_000_000_000L + i * 40L), i * 40_000_000L, "00c0ffee");
  }

  private static AccessRequest request(int i) {
    return new AccessRequest(
        "4d98f749-a207-40a8-922c-%012d".formatted(i),
        null,
        new Agent("https://id.example", "u-7", "Ward 7", List.of("nurse"), "app", "t-1", "::1"),
        "p-" + i,
        "patient-read",
        new Purpose(Purpose.TREATMENT, "normal", "normal", null));
  }

  private static AuditRecord outcome(int i) {
    List<SourceAccess> sources =
        Stream.of("ehr", "lab", "imaging", "pharmacy")
            .map(source ->
                new SourceAccess(
                    source, "p-" + i, null, "ok", 200, "match", 41, 1, 24, 5_120, DIGEST))
            .toList();
    return new AuditRecord.Outcome(
        stamp(i),
        3L * i + 1,
        request(i),
        sources,
        Map.of("patient", 1, "results", 30, "medications", 8),
        new AnswerGiven(200, 1.0, null, Rating.SUCCESS, DIGEST, 64_000),
        1);
  }

  @TearDown
  public void remove() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path left : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(left);
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Verification chain() {
    return whole(JournalVerifier.verify(log));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Verification spelled() {
    return whole(AuditVerifier.verify(log));
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public Verification decoded() {
    Contents decoding = (bytes, from, to) -> isDecoded(bytes, from, to);
    return whole(JournalVerifier.verify(log, Options.standard().spelledBy(decoding)));
  }

  private static boolean isDecoded(byte[] bytes, int from, int to) {
    return bytes[from + 8] == 's' || RecordText.decode(bytes, from, to).isPresent(); // a status
  }

  private static Verification whole(Verification verification) {
    if (verification.exitCode() != 0) {
      throw new IllegalStateException(verification.describe());
    }
    return verification;
  }
}
