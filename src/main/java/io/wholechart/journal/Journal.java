package io.wholechart.journal;

import io.wholechart.journal.Receipt.Durable;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An append-only, tamper-evident journal of contents that it does not look into: what was handed
 * over is on disk, linked to all before it and soon signed for, when its receipt says so.
 */
public final class Journal implements AutoCloseable {
  /** How long a batch may take until the disk counts as hung. */
  public static final Duration STALLED_AFTER = Duration.ofMillis(250);

  /** How long one waits for the disk at all, many batches included. */
  public static final Duration DURABLE_WITHIN = Duration.ofSeconds(5);

  /** How many bytes a content may have. */
  public static final int LONGEST_CONTENT = Chain.LONGEST_CONTENT;

  private static final int QUEUE = 8192;
  private static final Log log = Log.of(Journal.class);

  private final JournalDirectory directory;
  private final CheckpointSigner signer;
  private final Writers writers;
  private final JournalEvents events;
  private volatile JournalWriter writer;
  private volatile boolean isClosed;
  private final ReentrantLock changing = new ReentrantLock(); // of the writer
  private String hindrance = ""; // to reopening; under the lock

  private Journal(
      JournalDirectory directory,
      CheckpointSigner signer,
      Writers writers,
      JournalEvents events,
      JournalWriter writer) {
    this.directory = directory;
    this.signer = signer;
    this.writers = writers;
    this.events = events;
    this.writer = writer;
  }

  /**
   * Makes the directory where there is none, keeps other processes out, cuts off a last line that a
   * crash left incomplete, and goes on with the chain, in a new file.
   */
  public static Journal open(JournalSettings settings, JournalEvents events)
      throws JournalUnavailableException {
    var limits = new JournalWriter.Limits(settings.segmentBytes(), QUEUE, STALLED_AFTER);
    return open(settings, events, JournalFile::onDisk, InstantSource.system(), limits);
  }

  static Journal open(
      JournalSettings settings,
      JournalEvents events,
      JournalFile.Opener opener,
      InstantSource clock,
      JournalWriter.Limits limits)
      throws JournalUnavailableException {
    try {
      JournalDirectory directory = JournalDirectory.hold(settings.directory());
      try {
        return open(directory, settings, events, opener, clock, limits);
      } catch (IOException e) {
        directory.close();
        throw e;
      }
    } catch (JournalUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw JournalUnavailableException.because(settings.directory(), e);
    }
  }

  private static Journal open(
      JournalDirectory directory,
      JournalSettings settings,
      JournalEvents events,
      JournalFile.Opener opener,
      InstantSource clock,
      JournalWriter.Limits limits)
      throws IOException {
    Path path = directory.path();
    String node = Node.of(path, settings.node());
    SigningKey key = SigningKey.readOrMake(settings.signingKey());
    ReadKeys keys = ReadKeys.of(settings.encryptionKey());
    CheckpointFile checkpoints = CheckpointFile.at(path.resolve(JournalDirectory.CHECKPOINTS));
    Signed signed = Signed.last(path, checkpoints, Checkpoint.origin(node));
    var end = new JournalEnd(path, node, keys, signed.checkpoint());
    var tip = new AtomicReference<Tip>(end.mend());
    int epoch = new KeyEpochs(path).enter(node, key);
    Path copy = settings.checkpointCopy();
    var signer =
        new CheckpointSigner(
            new CheckpointSigner.Identity(Checkpoint.origin(node), epoch, key),
            checkpoints,
            copy == null ? null : CheckpointFile.at(copy),
            signed,
            events,
            clock,
            tip::get);
    var writers =
        new Writers(
            new Segment.Place(
                first -> SegmentName.of(path, epoch, first).path(), node, epoch, keys, opener),
            limits,
            events,
            tip,
            signer);
    JournalWriter writer = writers.next();
    try {
      if (end.epoch() != epoch) {
        begin(writer, events, signer.key());
      }
      signer.start();
    } catch (IOException e) {
      writer.close(DURABLE_WITHIN);
      throw e;
    }
    return new Journal(directory, signer, writers, events, writer);
  }

  private static void begin(JournalWriter writer, JournalEvents events, VerifierKey key)
      throws IOException {
    try {
      Receipt receipt = writer.append(events.status("epoch", key.word())).await(DURABLE_WITHIN);
      if (!(receipt instanceof Durable)) {
        throw new IOException("the first record could not be written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before the first record was on disk", e);
    }
  }

  /** How writers are made, one after the other. */
  private record Writers(
      Segment.Place place,
      JournalWriter.Limits limits,
      JournalEvents events,
      AtomicReference<Tip> tip,
      CheckpointSigner signer) {
    JournalWriter next() throws IOException {
      return JournalWriter.start(
          place,
          tip.get(),
          limits,
          events,
          durable -> {
            tip.set(durable);
            signer.grown(durable);
          });
    }
  }

  /** Hands a content over; never waits for the disk. */
  public Appending append(byte[] content) {
    if (content.length > LONGEST_CONTENT) {
      throw new IllegalArgumentException("a content of " + content.length + " bytes");
    }
    return writer.append(content);
  }

  /**
   * Returns when the content is on disk, or when it is known that it will not be, or is not in
   * time.
   *
   * @throws InterruptedException if the thread was interrupted while it waited: the content may get
   *     to the disk all the same, but the caller does not know it and must not answer
   */
  public Receipt appendDurably(byte[] content) throws InterruptedException {
    return append(content).await(DURABLE_WITHIN);
  }

  public JournalState state() {
    return writer.state();
  }

  /** Whether a content can be expected to become durable now. */
  public boolean isWritable() {
    return state() == JournalState.WRITABLE;
  }

  /**
   * Goes on in a new file after this one failed. A disk that merely hangs is waited for, since what
   * is being written may still get there: the journal is writable again by itself when the disk is.
   *
   * @return whether the journal is writable now
   */
  public boolean reopen() {
    if (!changing.tryLock()) {
      return isWritable(); // another thread is about it, perhaps for long
    }
    try {
      JournalWriter failed = writer;
      if (isClosed || failed.state() != JournalState.FAILED || !failed.hasLetGo()) {
        return isWritable();
      }
      failed.cutBack();
      writer = writers.next();
      hindrance = "";
      log.info("The audit journal goes on in a new file");
      return true;
    } catch (IOException e) {
      if (!e.toString().equals(hindrance)) { // it is asked every second
        hindrance = e.toString();
        log.warn("The audit journal cannot go on so far: {}", Safe.ofFile(e));
      }
      return false;
    } finally {
      changing.unlock();
    }
  }

  /** How many records are on disk, the last one's number. */
  public long durableSize() {
    return writers.tip().get().seq();
  }

  /** Over how many records the last signed checkpoint is. */
  public long checkpointSize() {
    return signer.size();
  }

  public int queued() {
    return writer.queued();
  }

  public String node() {
    return writers.place().node();
  }

  public int epoch() {
    return writers.place().epoch();
  }

  /**
   * Takes nothing more, writes what waits and that it was closed, signs for it, and lets other
   * processes in.
   */
  @Override
  public void close() {
    boolean isFirst = !isClosed;
    isClosed = true;
    if (!isLocked()) {
      log.error("The audit journal is left as it is: it was being reopened, on a disk that hangs");
      return;
    }
    try {
      close(isFirst);
    } finally {
      changing.unlock();
    }
  }

  private void close(boolean isFirst) {
    if (isFirst && isWritable()) {
      // The last record: what is signed for after it is there, or was taken away.
      var _ = writer.append(events.status("closed", "size:" + signer.size()));
    }
    if (!writer.close(DURABLE_WITHIN)) {
      // What hangs may still get to the file, so nobody else may go on with it before we are gone.
      log.error("The audit journal is left locked until this process ends: its disk hangs");
      return;
    }
    signer.close(DURABLE_WITHIN);
    try {
      directory.close();
    } catch (IOException e) {
      log.warn("The audit journal's lock was not released: {}", Safe.ofFile(e));
    }
  }

  private boolean isLocked() {
    boolean isInterrupted = false;
    long end = System.nanoTime() + DURABLE_WITHIN.toNanos();
    try {
      while (true) {
        try {
          return changing.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          isInterrupted = true;
        }
      }
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The last note of the file of checkpoints, and what it says; nulls where there is none. */
  @SuppressWarnings("ArrayRecordComponent")
  record Signed(byte @Nullable [] note, @Nullable Checkpoint checkpoint) {
    static Signed last(Path directory, CheckpointFile file, String origin) throws IOException {
      byte[] note = file.mend().orElse(null);
      if (note == null) {
        return new Signed(null, null);
      }
      Checkpoint checkpoint =
          SignedNote.decode(note)
              .flatMap(signed -> Checkpoint.decode(signed.text()))
              .filter(found -> found.origin().equals(origin))
              .orElseThrow(() ->
                  new JournalUnavailableException(
                      directory,
                      "its last checkpoint is not as it was written; keep the directory as"
                          + " evidence, look at it with `wholechart audit verify`, move it"
                          + " elsewhere and start again"));
      return new Signed(note, checkpoint);
    }
  }
}
