package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.Measured;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * A content, handed over until it is on disk, by as many callers at once as the name says; beside
 * it what the disk itself takes for a line of the same length. The time of an operation is what one
 * caller waits: a thousand of them share one write, so a thousand callers divided by it are the
 * records a microsecond.
 */
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-preview",
      "-Xmx512m",
      "-XX:+UseCompactObjectHeaders",
      "-Djmh.executor=VIRTUAL"
    })
public class JournalBenchmark extends Measured {
  // As long as the record of an answer from four sources.
  private final byte[] content =
      ("\"kind\":\"outcome\",\"of\":\"" + "0123456789".repeat(110) + "\"").getBytes(US_ASCII);

  private Path folder;
  private Journal journal;
  private JournalFile file;

  @Setup
  public void open() throws IOException {
    // Not in the folder for temporary files: that is memory on many machines.
    folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/jmh")), "journal");
    journal =
        Journal.open(
            JournalSettings.in(folder.resolve("journal"), folder.resolve("key.pem")),
            new JournalEvents() {});
    file = JournalFile.onDisk(folder.resolve("bare"));
  }

  @TearDown
  public void close() throws IOException {
    journal.close();
    file.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path left : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(left);
      }
    }
  }

  @Benchmark
  @Threads(1)
  public void bareDisk1() throws IOException {
    file.write(ByteBuffer.wrap(content));
    file.force();
  }

  @Benchmark
  @Threads(1)
  public Receipt append1() throws InterruptedException {
    return journal.appendDurably(content);
  }

  @Benchmark
  @Threads(64)
  public Receipt append64() throws InterruptedException {
    return journal.appendDurably(content);
  }

  @Benchmark
  @Threads(1000)
  public Receipt append1000() throws InterruptedException {
    return journal.appendDurably(content);
  }
}
