package io.wholechart.journal;

import io.wholechart.journal.Journal.Signed;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs for what is on disk, every second or every thousand records, on a thread of its own: a slow
 * second place must not hold up the records. A checkpoint that cannot be written is given up; the
 * next one signs for more.
 */
final class CheckpointSigner {
  private static final Log log = Log.of(CheckpointSigner.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long RECORDS = 1000;

  private final Identity identity;
  private final VerifierKey verifier;
  private final CheckpointFile here;
  private final @Nullable CheckpointFile copy;
  private final JournalEvents events;
  private final InstantSource clock;
  private final Supplier<Tip> tip;
  private final Thread thread;
  private volatile boolean isClosing;
  private volatile long size; // of the last checkpoint
  private byte[] last; // the hash of its note; before close the thread's own

  CheckpointSigner(
      Identity identity,
      CheckpointFile here,
      @Nullable CheckpointFile copy,
      Signed signed,
      JournalEvents events,
      InstantSource clock,
      Supplier<Tip> tip) {
    this.identity = identity;
    this.verifier = new VerifierKey(identity.origin(), identity.key().publicKey());
    this.here = here;
    this.copy = copy;
    byte[] note = signed.note();
    this.last = note == null ? new byte[32] : hash(note);
    Checkpoint checkpoint = signed.checkpoint();
    this.size = checkpoint == null ? 0 : checkpoint.size();
    this.events = events;
    this.clock = clock;
    this.tip = tip;
    this.thread = Thread.ofPlatform().name("audit-checkpoints").daemon().unstarted(this::run);
  }

  /** Who signs, and with the key of which epoch. */
  record Identity(String origin, int epoch, SigningKey key) {}

  VerifierKey key() {
    return verifier;
  }

  /** Signs for what is there, and goes on doing so. */
  void start() throws IOException {
    if (tip.get().seq() > size) {
      sign(tip.get());
    }
    thread.start();
  }

  /** How many records the last checkpoint is over. */
  long size() {
    return size;
  }

  /** Hears from the writer that more is on disk. */
  void grown(Tip now) {
    if (now.seq() - size >= RECORDS) {
      LockSupport.unpark(thread);
    }
  }

  /** Signs for all that is there, unless its disk hangs for so long. */
  void close(Duration within) {
    isClosing = true;
    LockSupport.unpark(thread);
    if (!Threads.join(thread, within)) {
      log.error("The last audit checkpoint is not on disk: it hangs");
    }
  }

  private void run() {
    while (!isClosing) {
      LockSupport.parkNanos(this, PERIOD.toNanos());
      signIfGrown();
    }
    signIfGrown();
    close(here);
    if (copy != null) {
      close(copy);
    }
  }

  private static void close(CheckpointFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("A file of audit checkpoints did not close: {}", Safe.ofFile(e));
    }
  }

  private void signIfGrown() {
    Tip now = tip.get();
    if (now.seq() > size) {
      try {
        sign(now);
      } catch (IOException | RuntimeException e) {
        failed(e);
      }
    }
  }

  private void sign(Tip now) throws IOException {
    var checkpoint =
        new Checkpoint(
            identity.origin(),
            now.seq(),
            now.tree().root(),
            identity.epoch(),
            clock.instant(),
            last);
    byte[] note = SignedNote.sign(checkpoint.text(), identity.key(), verifier).encode();
    here.append(note);
    last = hash(note);
    size = now.seq();
    if (copy != null) {
      try {
        copy.append(note);
      } catch (IOException e) {
        failed(e);
      }
    }
    events.checkpointed(now.seq());
  }

  private void failed(Exception e) {
    log.warn("An audit checkpoint could not be written: {}", Safe.ofFile(e));
    events.checkpointFailed();
  }

  private static byte[] hash(byte[] note) {
    return Hashing.sha256().digest(note);
  }
}
