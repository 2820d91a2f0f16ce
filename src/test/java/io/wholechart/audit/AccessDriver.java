package io.wholechart.audit;

import io.wholechart.journal.JournalUnavailableException;
import io.wholechart.metrics.Metrics;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Period;
import java.util.List;

/**
 * A process that records accesses as the service does, an intent and then an outcome, and says of
 * each when the caller would have been answered. Small, because hundreds of it are let down by
 * their system calls.
 */
final class AccessDriver {
  static final int ACCESSES = 12;

  private static final PrintStream SAID = System.out;

  private AccessDriver() {}

  /** The smallest segments there are, so that a few accesses fill several. */
  static AuditSettings settings(Path directory) {
    Path key = directory.resolveSibling("key.pem");
    return new AuditSettings(
        directory,
        "node",
        key,
        null,
        null,
        4096,
        Period.ofYears(6),
        null,
        null,
        EmergencyPolicy.DENY,
        new AuditSettings.EmergencyBounds(100, java.time.Duration.ofMinutes(15)));
  }

  static AuditLog open(Path directory, Metrics metrics) throws JournalUnavailableException {
    return AuditLog.open(settings(directory), metrics);
  }

  public static void main(String[] args) throws Exception {
    System.setOut(System.err); // whatever is logged does not mix with what is said
    try (Metrics metrics = new Metrics(List.of());
        AuditLog log = open(Path.of(args[0]), metrics)) {
      long run = ProcessHandle.current().pid();
      for (int i = 0; i < ACCESSES; i++) {
        access(log, run + "-" + i);
      }
    } catch (JournalUnavailableException e) {
      SAID.println("unavailable");
    }
    SAID.println("end");
  }

  private static void access(AuditLog log, String request) throws InterruptedException {
    Recording intent = log.handOver(Records.intent(request, "p-1001"));
    if (intent.await() instanceof Recorded.Durable(long seq, _)
        && log.append(Records.outcome(request, "p-1001", seq)) instanceof Recorded.Durable) {
      SAID.println("answered " + request + " .");
    }
  }
}
