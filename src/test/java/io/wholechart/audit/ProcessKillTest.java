package io.wholechart.audit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Journal;
import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.metrics.Metrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Kills a real process while fifty threads append, and holds the file against what it had said. */
class ProcessKillTest {
  private static final long SEED = 5;
  private static final int ROUNDS = 5;

  @TempDir Path directory;

  @Test
  // In a thread of its own: one that reads a pipe is not interrupted.
  @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void whatAKilledProcessHadAcknowledgedIsInTheFile() throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    var acknowledged = new HashMap<Long, String>();
    for (int round = 1; round <= ROUNDS; round++) {
      int before = acknowledged.size();
      killAfter(random.nextInt(1, 4000), "round-" + round, acknowledged);
      String as = "round %d of seed %d".formatted(round, SEED);
      assertThat(acknowledged.size()).as(as).isGreaterThan(before);
      assertThat(requestIds()).as(as).containsAllEntriesOf(acknowledged);
      assertThat(AuditVerifier.verify(directory).exitCode()).as(as).isIn(0, 2);
      try (Metrics metrics = new Metrics(List.of());
          AuditLog log = AuditLog.open(new AuditSettings(directory), metrics)) {
        assertThat(log.append(Records.outcome("after-" + round, "p-1001", 0)))
            .isInstanceOf(Recorded.Durable.class);
      }
      assertThat(AuditVerifier.verify(directory).exitCode()).as(as).isZero();
    }
  }

  private Map<Long, String> requestIds() {
    return new Journal(directory)
        .records().stream()
            .collect(toMap(r -> r.path("seq").longValue(), r -> r.path("requestId").textValue()));
  }

  /** Lets the child acknowledge that many records, kills it, and notes all that it had said. */
  private void killAfter(int records, String prefix, Map<Long, String> acknowledged)
      throws Exception {
    Process child = start(directory, prefix);
    try (BufferedReader said = child.inputReader(StandardCharsets.US_ASCII)) {
      int heard = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].equals(".")) {
          assertThat(heard).as("the child said: " + line).isGreaterThanOrEqualTo(records);
          continue; // the kill cut its last line
        }
        acknowledged.put(Long.valueOf(words[0]), words[1]);
        if (++heard == records) {
          child.toHandle().destroyForcibly(); // by its handle: Process would close the pipe, too
        }
      }
      assertThat(heard).isGreaterThanOrEqualTo(records);
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  /** What a process says that finds the log in use, or how it goes. */
  static String openInAnotherProcess(Path directory) throws IOException, InterruptedException {
    Process child = start(directory, "other");
    try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
      return said.readLine();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path directory, String prefix) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-preview",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Appender.class.getName(),
            directory.toString(),
            prefix)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The child: appends without end, and says what was acknowledged. */
  static final class Appender {
    private static final PrintStream SAID = System.out;

    public static void main(String[] args) throws Exception {
      System.setOut(System.err); // whatever is logged does not mix with what is said
      try (Metrics metrics = new Metrics(List.of());
          AuditLog log = AuditLog.open(new AuditSettings(Path.of(args[0])), metrics)) {
        var threads = new Thread[50];
        for (int t = 0; t < threads.length; t++) {
          String name = args[1] + "-" + t + "-";
          threads[t] = Thread.startVirtualThread(() -> append(log, name));
        }
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (JournalUnavailableException e) {
        SAID.println(e.getMessage());
      }
    }

    private static void append(AuditLog log, String name) {
      try {
        for (int i = 0; ; i++) {
          // One that a busy machine's disk did not take in time is not acknowledged, and that is
          // all.
          if (log.append(Records.outcome(name + i, "p-1001", 0))
              instanceof Recorded.Durable(long seq, _)) {
            SAID.println(seq + " " + name + i + " .");
          } else {
            Thread.sleep(1);
          }
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
