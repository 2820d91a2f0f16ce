package io.wholechart.journal;

import io.wholechart.log.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a journal goes on. Reads the last segment that has records, holds it against its chain and
 * against the last checkpoint, and mends what a crash left: a line that was cut, a file that got no
 * further than its header. All before it is the verifier's, and may be long.
 */
final class JournalEnd {
  private static final Log log = Log.of(JournalEnd.class);
  private static final String MEND =
      "keep the directory as evidence, look at it with `wholechart audit verify`, move it elsewhere"
          + " and start again";

  private final Path directory;
  private final String node;
  private final ReadKeys keys;
  private final @Nullable Checkpoint signed;
  private int epoch;

  /**
   * @param signed the last checkpoint; null where there is none
   */
  JournalEnd(Path directory, String node, ReadKeys keys, @Nullable Checkpoint signed) {
    this.directory = directory;
    this.node = node;
    this.keys = keys;
    this.signed = signed;
  }

  /** Of the last record; 0 where there is none. */
  int epoch() {
    return epoch;
  }

  Tip mend() throws IOException {
    Tip tip = Tip.empty();
    List<SegmentName> segments = SegmentName.in(directory);
    for (int i = segments.size() - 1; i >= 0 && tip.seq() == 0; i--) {
      tip = endOf(segments.get(i));
    }
    if (signed != null && signed.size() > tip.seq()) {
      throw refused(
          "%d records are signed for, and %d are there".formatted(signed.size(), tip.seq()));
    }
    return tip;
  }

  /** Where the segment ends; where it holds no record, its file is gone, and the tip is empty. */
  private Tip endOf(SegmentName segment) throws IOException {
    long kept;
    boolean isLineFeedMissing;
    Tip tip = Tip.empty();
    try (var lines = new SegmentLines(segment.path())) {
      Optional<SegmentHeader> header = lines.header(keys);
      if (header.isEmpty() && lines.endOfLines() > 0) {
        throw refused("the header of " + segment.fileName() + " is not as it was written");
      }
      if (header.isPresent()) {
        tip = follow(segment, header.get(), lines);
      }
      isLineFeedMissing = tip.seq() > lines.lines() - 1 + segment.first() - 1;
      kept = lines.endOfLines() + (isLineFeedMissing ? lines.remainderWithoutZeros() : 0);
    }
    if (tip.seq() < segment.first()) {
      Files.delete(segment.path());
      JournalDirectory.syncParent(segment.path());
      return Tip.empty();
    }
    if (Files.size(segment.path()) > kept) {
      log.warn("The audit journal ended in an incomplete line, as a crash leaves it: cut off");
      Mending.cut(segment.path(), kept);
    }
    Mending.rewriteEnd(segment.path(), isLineFeedMissing);
    epoch = segment.epoch();
    return tip;
  }

  private Tip follow(SegmentName segment, SegmentHeader header, SegmentLines lines)
      throws IOException {
    if (!header.node().equals(node)
        || header.epoch() != segment.epoch()
        || header.first() != segment.first()) {
      throw refused("the header of " + segment.fileName() + " is of another file");
    }
    Chain chain = header.chain();
    CompactRange tree = header.tree().copy();
    check(tree);
    while (lines.next()) {
      if (!lines.isLegible() || chain.follow(lines.bytes(), lines.from(), lines.to()).isPresent()) {
        throw refused(
            "record %d, in %s, is not as it was written"
                .formatted(chain.seq() + 1, segment.fileName()));
      }
      tree.add(chain.hash());
      check(tree);
    }
    if (lines.remainderWithoutZeros() > 0) {
      switch (lines.judgeRemainder(chain)) {
        case WHOLE -> tree.add(chain.hash());
        case CUT -> {}
        case FOREIGN ->
            throw refused(segment.fileName() + " ends in bytes that the journal did not write");
      }
    }
    return new Tip(chain.hash(), tree);
  }

  private void check(CompactRange tree) throws IOException {
    if (signed != null
        && tree.size() == signed.size()
        && !Arrays.equals(tree.root(), signed.root())) {
      throw refused("the first %d records are not those signed for".formatted(tree.size()));
    }
  }

  private JournalUnavailableException refused(String what) {
    return new JournalUnavailableException(directory, what + "; " + MEND);
  }
}
