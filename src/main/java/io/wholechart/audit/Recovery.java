package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalState;
import io.wholechart.journal.Receipt;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has the journal go on when its disk does, without a restart.
 *
 * <p>A platform thread of its own, for which nobody waits: what it asks of a dead disk may hang for
 * as long as that is dead.
 */
final class Recovery implements AutoCloseable {
  private static final Log log = Log.of(Recovery.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final Journal journal;
  private final Outage outage;
  private final Stamps stamps;
  private final Metrics metrics;
  private @Nullable Thread thread;
  private boolean isDown; // the thread's own

  Recovery(Journal journal, Outage outage, Stamps stamps, Metrics metrics) {
    this.journal = journal;
    this.outage = outage;
    this.stamps = stamps;
    this.metrics = metrics;
  }

  void start() {
    thread = Thread.ofPlatform().name("audit-recovery").daemon().start(this::run);
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PACE);
        attempt();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void attempt() throws InterruptedException {
    try {
      look();
      if (outage.isOpen() && journal.reopen()) {
        goOn();
      }
    } catch (RuntimeException e) {
      log.error("The audit log could not go on so far: {}", Safe.cause(e)); // and is tried again
    }
  }

  private void look() {
    JournalState state = journal.state();
    if (state == JournalState.FAILED) {
      outage.begin();
    }
    boolean isDownNow = state != JournalState.WRITABLE || outage.isOpen();
    if (isDownNow && !isDown) {
      log.error("The audit log cannot be written: {}", Safe.kind(state));
      metrics.auditOutage();
    } else if (isDown && !isDownNow) {
      log.info("The audit log is written again");
    }
    isDown = isDownNow;
  }

  private void goOn() throws InterruptedException {
    Optional<Gap> gap = outage.gap(stamps.stamp());
    if (gap.isPresent()
        && journal.appendDurably(RecordText.encode(gap.get())) instanceof Receipt.Durable) {
      outage.end();
      look();
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
