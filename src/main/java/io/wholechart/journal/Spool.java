package io.wholechart.journal;

import io.wholechart.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place for contents while the journal takes none: one file, preallocated, with a chain of its
 * own, written as a segment is. What is in it is for somebody to copy; then it begins anew, with
 * the numbers going on.
 *
 * <p>A file that was closed is not gone on with here either, so what a former process left has to
 * be copied before there is room again. Reading, beginning and closing belong to one thread.
 */
public final class Spool implements AutoCloseable {
  private static final Log log = Log.of(Spool.class);
  private static final int QUEUE = 8192;
  private static final String SUFFIX = "-spool";

  private final SpoolSettings settings;
  private final String node;
  private final ReadKeys keys;
  private final JournalFile.@Nullable Opener opener;
  private volatile @Nullable JournalWriter writer;
  private volatile Tip tip = Tip.empty(); // before the writer's first line
  private boolean isRead;
  private boolean isDamaged;
  private volatile boolean isEmpty; // while there is no writer

  public Spool(SpoolSettings settings, String node, ReadKeys keys) {
    this(settings, node, keys, null);
  }

  Spool(SpoolSettings settings, String node, ReadKeys keys, JournalFile.@Nullable Opener opener) {
    this.settings = settings;
    this.node = node.substring(0, Math.min(node.length(), 63 - SUFFIX.length())) + SUFFIX;
    this.keys = keys;
    this.opener = opener;
  }

  /** Hears of every line, in order. */
  public interface Lines {
    void line(long seq, byte[] content) throws IOException, InterruptedException;
  }

  /** Hands a content over; never waits for the disk. */
  public Appending append(byte[] content) {
    JournalWriter now = writer;
    return now == null ? _ -> new Receipt.NotDurable(Receipt.Reason.CLOSED) : now.append(content);
  }

  /** Whether a content can be expected to become durable now. */
  public boolean isWritable() {
    JournalWriter now = writer;
    return now != null && now.state() == JournalState.WRITABLE;
  }

  /** Whether there is anything to copy, as far as it was read. */
  public boolean isEmpty() {
    JournalWriter now = writer;
    return now == null ? isEmpty : now.tip().seq() == tip.seq();
  }

  /** Shows what is durable there, also what a former process left. */
  public void read(Lines to) throws IOException, InterruptedException {
    JournalWriter now = writer;
    long end = now == null ? Long.MAX_VALUE : now.tip().seq();
    if (now == null && !Files.exists(settings.file())) {
      isRead = true;
      isEmpty = true;
      return;
    }
    try (var lines = new SegmentLines(settings.file())) {
      Optional<SegmentHeader> header = lines.header(keys);
      if (header.isPresent() && header.get().node().equals(node)) {
        read(lines, header.get(), end, to);
      } else if (now == null) {
        // Zeros are what a kill leaves between taking away and beginning.
        isDamaged = lines.endOfLines() > 0 || lines.remainderWithoutZeros() > 0;
        isEmpty = true;
      }
    }
    isRead = true;
  }

  private void read(SegmentLines lines, SegmentHeader header, long end, Lines to)
      throws IOException, InterruptedException {
    Chain chain = header.chain();
    CompactRange tree = header.tree().copy();
    isDamaged = false;
    while (chain.seq() < end && lines.next()) {
      if (!lines.isLegible() || chain.follow(lines.bytes(), lines.from(), lines.to()).isPresent()) {
        isDamaged = true;
        break;
      }
      tree.add(chain.hash());
      to.line(
          chain.seq(), Arrays.copyOfRange(lines.bytes(), chain.contentFrom(), chain.contentTo()));
    }
    if (writer == null) {
      // A line that was cut was never acknowledged.
      isDamaged |=
          lines.remainderWithoutZeros() > 0
              && lines.judgeRemainder(chain) == Chain.Remainder.FOREIGN;
      isEmpty = tree.size() == header.tree().size();
      tip = new Tip(chain.hash(), tree);
    }
  }

  /** Takes nothing more; false if its disk hangs. What is in it can still be read. */
  public boolean stop(Duration within) {
    JournalWriter now = writer;
    if (now == null) {
      return true;
    }
    if (!now.close(within)) {
      return false;
    }
    tip = now.tip();
    isEmpty = false;
    writer = null;
    return true;
  }

  /** Begins anew, after everything in it was copied. A damaged one is kept aside. */
  public void begin() throws IOException {
    if (!isRead || writer != null) {
      throw new IllegalStateException("what is there is read, and stopped, first");
    }
    Path file = settings.file();
    if (isDamaged) {
      Path aside =
          file.resolveSibling(file.getFileName() + ".damaged-" + Instant.now().toEpochMilli());
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
      log.error("The audit spool is not as it was written, and kept aside as .damaged-…");
      isDamaged = false;
    }
    JournalFile.Opener opened =
        opener == null ? path -> PreallocatedFile.open(path, settings.size()) : opener;
    var place = new Segment.Place(_ -> file, node, 1, keys, opened);
    var limits = new JournalWriter.Limits(Long.MAX_VALUE, QUEUE, Journal.STALLED_AFTER);
    writer = JournalWriter.start(place, tip, limits, new JournalEvents() {}, _ -> {});
  }

  @Override
  public void close() {
    if (!stop(Journal.DURABLE_WITHIN)) {
      log.error("The audit spool is left as it is: its disk hangs");
    }
  }
}
