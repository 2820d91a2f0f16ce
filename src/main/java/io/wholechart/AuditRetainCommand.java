package io.wholechart;

import io.wholechart.journal.Retention;
import java.io.IOException;
import java.time.Clock;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit retain}. */
@Command(
    name = "retain",
    mixinStandardHelpOptions = true,
    description = {
      "Drop the segments all of whose records are older than the log is kept.",
      "",
      "A signed tombstone stands for what was dropped, so that the rest verifies as before."
    },
    footerHeading = "%nExample:%n",
    footer = {"  wholechart audit retain", "  wholechart audit retain --older-than P7Y"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, also where there was nothing to drop",
      "1:the log or its signing key cannot be used; the message says why",
      "64:wrong usage"
    })
final class AuditRetainCommand implements Callable<Integer> {
  @Mixin private AuditOptions log = new AuditOptions();

  @Option(
      names = "--older-than",
      paramLabel = "PERIOD",
      description = "How long the log is kept; without it, as long as audit.retention says.")
  private @Nullable Period age;

  private final Clock clock;

  AuditRetainCommand() {
    this(Clock.systemUTC());
  }

  AuditRetainCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    Period kept = age == null ? log.retention() : age;
    if (kept.isNegative() || kept.isZero()) {
      throw new IllegalArgumentException("--older-than is a period such as P6Y or P90D");
    }
    var before = ZonedDateTime.now(clock).minus(kept).toInstant();
    Retention.Dropped dropped = Retention.drop(log.journal(), before, clock);
    System.out.printf(
        "dropped %d segments; the log begins with record %d%n",
        dropped.segments(), dropped.records() + 1);
    return 0;
  }
}
