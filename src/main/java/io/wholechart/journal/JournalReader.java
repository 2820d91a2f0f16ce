package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal's lines in order, from segment to segment, also while it is being written: at its
 * end it may be asked again. What does not hash well or does not follow is not given out.
 */
public final class JournalReader implements AutoCloseable {
  private final Path directory;
  private final ReadKeys keys;
  private final LongSupplier durableSize;
  private long wanted; // the number of the next line to give out
  private @Nullable Reading reading;
  private @Nullable JournalLine line;

  /** The segment that is open, and how far its chain was followed. */
  private record Reading(SegmentName segment, SegmentLines lines, Chain chain, String node) {}

  private JournalReader(Path directory, ReadKeys keys, long fromSeq, LongSupplier durableSize) {
    this.directory = directory;
    this.keys = keys;
    this.wanted = Math.max(1, fromSeq);
    this.durableSize = durableSize;
  }

  /** From this line on; from the first one that is kept, if that comes later. */
  public static JournalReader open(Path directory, ReadKeys keys, long fromSeq) throws IOException {
    return open(directory, keys, fromSeq, () -> Long.MAX_VALUE);
  }

  /**
   * The same, up to what is known to be on disk: {@link Journal#durableSize} of a journal that is
   * being written, beyond which a line may be read that a power failure takes back.
   */
  public static JournalReader open(
      Path directory, ReadKeys keys, long fromSeq, LongSupplier durableSize) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    return new JournalReader(directory, keys, fromSeq, durableSize);
  }

  /** Goes on to the next line; false where there is none for now. */
  public boolean next() throws IOException {
    Reading now = reading == null ? begin() : reading;
    boolean isLookedTwice = false;
    while (now != null) {
      if (now.chain().seq() >= durableSize.getAsLong()) {
        return false;
      }
      if (now.lines().next()) {
        isLookedTwice = false;
        if (follow(now)) {
          return true;
        }
        continue;
      }
      List<SegmentName> later = later(now);
      if (later.isEmpty()) {
        return waitFor(now);
      }
      if (later.getFirst().first() == now.chain().seq() + 1) {
        now = begin(later.getFirst());
      } else if (isLookedTwice) {
        throw new IOException(
            "record %d is missing before %s"
                .formatted(now.chain().seq() + 1, later.getFirst().fileName()));
      } else {
        isLookedTwice = true; // its last lines may have come after it was looked at
      }
    }
    return false;
  }

  /** The line that {@link #next} went on to. */
  public JournalLine line() {
    if (line == null) {
      throw new IllegalStateException("next comes first");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    if (reading != null) {
      reading.lines().close();
      reading = null;
    }
  }

  private boolean follow(Reading now) throws IOException {
    SegmentLines lines = now.lines();
    Optional<Fault> fault =
        lines.isLegible()
            ? now.chain().follow(lines.bytes(), lines.from(), lines.to())
            : Optional.of(Fault.altered("was changed: it cannot be decrypted"));
    if (fault.isPresent()) {
      throw new IOException(
          "record %d, in %s, %s"
              .formatted(now.chain().seq() + 1, now.segment().fileName(), fault.get().what()));
    }
    long seq = now.chain().seq();
    if (seq < wanted) {
      return false;
    }
    wanted = seq + 1;
    line =
        new JournalLine(
            seq,
            now.segment().epoch(),
            now.node(),
            Arrays.copyOfRange(lines.bytes(), now.chain().contentFrom(), now.chain().contentTo()),
            Arrays.copyOfRange(lines.bytes(), lines.from(), lines.to()),
            now.chain().hash());
    return true;
  }

  private List<SegmentName> later(Reading now) throws IOException {
    return SegmentName.in(directory).stream()
        .filter(segment -> segment.first() > now.segment().first())
        .toList();
  }

  /** At the end of all there is. A segment without records may be replaced by another. */
  private boolean waitFor(Reading now) throws IOException {
    if (now.chain().seq() < now.segment().first()) {
      close();
    }
    return false;
  }

  private @Nullable Reading begin() throws IOException {
    List<SegmentName> segments = SegmentName.in(directory);
    SegmentName begun = segments.isEmpty() ? null : segments.getFirst();
    for (SegmentName segment : segments) {
      begun = segment.first() <= wanted ? segment : begun;
    }
    return begun == null ? null : begin(begun);
  }

  private @Nullable Reading begin(SegmentName segment) throws IOException {
    close();
    var lines = new SegmentLines(segment.path());
    try {
      Optional<SegmentHeader> header = lines.header(keys);
      if (header.isEmpty() && lines.endOfLines() > 0) {
        throw new IOException("the header of " + segment.fileName() + " is not as it was written");
      }
      if (header.isPresent()) {
        reading = new Reading(segment, lines, header.get().chain(), header.get().node());
      }
      return reading;
    } finally {
      if (reading == null) {
        lines.close();
      }
    }
  }
}
