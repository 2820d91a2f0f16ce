package io.wholechart.audit;

import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalState;
import io.wholechart.journal.Receipt;
import io.wholechart.journal.Spool;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
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

  /** A disk that merely hung is often back at once, and nobody but emergencies is served before. */
  private static final Duration FIRST_PACE = Duration.ofMillis(25);

  private final HandedOver.Places places;
  private final Journal journal;
  private final Outage outage;
  private final @Nullable SpoolCopy copy;
  private final Stamps stamps;
  private @Nullable Thread thread;
  private boolean isDown; // the thread's own

  Recovery(HandedOver.Places places, @Nullable SpoolCopy copy, Stamps stamps) {
    this.places = places;
    this.journal = places.journal();
    this.outage = places.outage();
    this.copy = copy;
    this.stamps = stamps;
  }

  /** Before anything else: what a former process left in the spool. */
  void first() {
    try {
      tendSpool();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void start() {
    thread = Thread.ofPlatform().name("audit-recovery").daemon().start(this::run);
  }

  private void run() {
    try {
      Duration pace = FIRST_PACE;
      while (true) {
        if (outage.isOpen()) {
          Thread.sleep(pace);
          pace = pace.compareTo(PACE) < 0 ? pace.multipliedBy(2) : PACE;
        } else {
          outage.await(PACE);
          pace = FIRST_PACE;
        }
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
      if (!outage.isOpen() && journal.isWritable()) {
        tendSpool();
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
      places.metrics().auditOutage();
    } else if (isDown && !isDownNow) {
      log.info("The audit log is written again");
    }
    isDown = isDownNow;
  }

  private void goOn() throws InterruptedException {
    boolean isOver = false;
    while (!isOver) {
      Optional<Outage.Telling> telling = outage.telling(stamps.stamp());
      if (telling.isEmpty()
          || !(journal.appendDurably(RecordText.encode(telling.get().gap()))
              instanceof Receipt.Durable)) {
        return;
      }
      isOver = outage.told(telling.get());
    }
    look();
  }

  /** Empties the spool, or begins it where there is none yet. */
  private void tendSpool() throws InterruptedException {
    Spool spool = places.spool();
    if (spool == null || copy == null || (spool.isWritable() && spool.isEmpty())) {
      return;
    }
    try {
      copy.copy(); // most of it, while it goes on taking more
      if (spool.stop(Journal.DURABLE_WITHIN)) {
        copy.copy();
        spool.begin();
      }
    } catch (IOException e) {
      log.warn("The audit spool is not ready so far: {}", Safe.ofFile(e));
    }
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
