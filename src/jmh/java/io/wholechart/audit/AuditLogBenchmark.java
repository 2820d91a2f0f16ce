package io.wholechart.audit;

import io.wholechart.Measured;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
  private final FormerRecord record =
      new FormerRecord(
          Instant.parse("2026-02-03T12:00:00.125Z"),
          "5f0c1a3e-52a5-4a4e-9d0a-0d1f0e9d2b11",
          "ward-7",
          "p-1001",
          "emergency",
          "read",
          List.of(
              new FormerSource("ehr", "p-1001", "ok", "match", 41, 1, 24),
              new FormerSource("lab", "p-1001", "ok", "match", 12, 1, 30),
              new FormerSource("imaging", "p-1001", "timeout", "match", 2000, 1, 0),
              new FormerSource("pharmacy", "p-1001", "ok", "match", 9, 1, 8)),
          200,
          0.75,
          null);

  private Path directory;
  private Metrics metrics;
  private AuditLog log;
  private JournalFile file;
  private byte[] line;

  @Setup
  public void open() throws IOException {
    // Not in the folder for temporary files: that is memory on many machines.
    directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/jmh")), "audit");
    metrics = new Metrics(List.of());
    log = AuditLog.open(new AuditSettings(directory), metrics);
    file = JournalFile.onDisk(Files.createFile(directory.resolve("bare")));
    line = FormerText.encode(record);
  }

  @TearDown
  public void close() throws IOException {
    log.close();
    metrics.close();
    file.close();
    try (var files = Files.list(directory)) {
      for (Path left : files.toList()) {
        Files.delete(left);
      }
    }
    Files.delete(directory);
  }

  @Benchmark
  @Threads(1)
  public void bareDisk1() throws IOException {
    file.write(ByteBuffer.wrap(line));
    file.force();
  }

  @Benchmark
  @Threads(1)
  public Receipt append1() throws InterruptedException {
    return log.append(record);
  }

  @Benchmark
  @Threads(64)
  public Receipt append64() throws InterruptedException {
    return log.append(record);
  }

  @Benchmark
  @Threads(1000)
  public Receipt append1000() throws InterruptedException {
    return log.append(record);
  }
}
