package io.wholechart;

import io.wholechart.disclosure.RecordLog;
import io.wholechart.disclosure.ReviewQueue;
import io.wholechart.disclosure.Reviews;
import java.io.IOException;
import java.io.Writer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit review}. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = {
      "Emergency and break-glass accesses that nobody has reviewed yet, or close one of them.",
      "",
      "Closing writes a record to a log of its own in the log's directory, so that the service may"
          + " run meanwhile."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  wholechart audit review --emergency",
      "  wholechart audit review --close 4711 --by 'Dr. Roe' --note 'seen in the emergency room'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing waits for review, or it was closed",
      "1:there is no log to be read, or it could not be closed; the message says why",
      "2:something waits for review",
      "64:wrong usage"
    })
final class AuditReviewCommand implements Callable<Integer> {
  private static final int WAITING = 2;

  @Mixin private AuditOptions log = new AuditOptions();
  @Mixin private PeriodOptions period = new PeriodOptions();

  @ArgGroup(multiplicity = "1")
  private Task task = new Task();

  /** One or the other. */
  static final class Task {
    @Option(names = "--emergency", required = true, description = "List what waits.")
    private boolean isEmergency;

    @ArgGroup(exclusive = false)
    private @Nullable Closing closing;
  }

  /** What a reviewer says. */
  static final class Closing {
    @Option(
        names = "--close",
        paramLabel = "SEQ",
        required = true,
        description = "The number of an access in the list.")
    private long seq;

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who reviewed it.")
    private String by = "";

    @Option(
        names = "--note",
        paramLabel = "WORDS",
        required = true,
        description = "What came of it.")
    private String note = "";
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    @Nullable Closing closing = task.closing;
    return task.isEmergency || closing == null ? list() : close(closing);
  }

  private int list() throws IOException {
    Reviews reviews = Reviews.read(log.directory(), log.keys());
    try (RecordLog records = RecordLog.open(log.directory(), log.keys(), 1);
        Writer out = AuditOptions.output()) {
      long waiting = new ReviewQueue(records, reviews, period.period()).text(out);
      return waiting == 0 ? 0 : WAITING;
    }
  }

  private int close(Closing closing) throws IOException, InterruptedException {
    long seq =
        Reviews.close(
            log.journal(),
            closing.seq,
            closing.by,
            closing.note,
            InstantSource.system(),
            new SecureRandom());
    System.out.printf("closed; record %d of the reviews says so%n", seq);
    return 0;
  }
}
