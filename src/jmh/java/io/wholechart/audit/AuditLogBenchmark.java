package io.wholechart.audit;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.wholechart.Measured;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * A record, handed over until it is on disk, by as many callers at once as the name says; beside it
 * what the disk itself takes for a line of the same length. The time of an operation is what one
 * caller waits: a thousand of them share one write.
 */
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-preview",
      "-Xmx512m",
      "-XX:+UseCompactObjectHeaders",
      "-Djmh.executor=VIRTUAL"
    })
public class AuditLogBenchmark extends Measured {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private final AuditRecord record =
      new AuditRecord.Outcome(
          new Stamp(Instant.parse("2026-02-03T12:00:00.125Z"), 1_234_567_890_123L, "00c0ffee"),
          4711,
          new AccessRequest(
              "5f0c1a3e-52a5-4a4e-9d0a-0d1f0e9d2b11",
              "4bf92f3577b34da6a3ce929d0e0e4736",
              Agent.named("ward-7"),
              "p-1001",
              "patient-read",
              new Purpose(Purpose.EMERGENCY_TREATMENT, "emergency", "emergency", null)),
          List.of(
              source("ehr", "ok", 41, 24),
              source("lab", "ok", 12, 30),
              source("imaging", "timeout", 2000, 0),
              source("pharmacy", "ok", 9, 8)),
          Map.of("medications", 9, "results", 30),
          new AnswerGiven(200, 0.75, null, AnswerGiven.Rating.MINOR, DIGEST, 64_000),
          1);

  private Path directory;
  private Metrics metrics;
  private AuditLog log;
  private FileChannel file;
  private byte[] line;

  @Setup
  public void open() throws IOException {
    // Not in the folder for temporary files: that is memory on many machines.
    directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/jmh")), "audit");
    metrics = new Metrics(List.of());
    log = AuditLog.open(new AuditSettings(directory), metrics);
    file = FileChannel.open(directory.resolve("bare"), CREATE_NEW, WRITE);
    line = RecordText.encode(record);
  }

  @TearDown
  public void close() throws IOException {
    log.close();
    metrics.close();
    file.close();
    try (var files = Files.walk(directory)) {
      for (Path left : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(left);
      }
    }
  }

  @Benchmark
  @Threads(1)
  public void bareDisk1() throws IOException {
    file.write(ByteBuffer.wrap(line));
    file.force(false);
  }

  @Benchmark
  @Threads(1)
  public Recorded append1() throws InterruptedException {
    return log.append(record);
  }

  @Benchmark
  @Threads(64)
  public Recorded append64() throws InterruptedException {
    return log.append(record);
  }

  @Benchmark
  @Threads(1000)
  public Recorded append1000() throws InterruptedException {
    return log.append(record);
  }

  /** What it costs to spell a record, without any disk. */
  @Benchmark
  @Threads(1)
  public byte[] encode1() {
    return RecordText.encode(record);
  }

  private static SourceAccess source(String name, String outcome, int elapsedMs, int entries) {
    return new SourceAccess(
        name, "p-1001", null, outcome, 200, "match", elapsedMs, 1, entries, 20_000, DIGEST);
  }
}
