package io.wholechart.journal;

import io.wholechart.journal.Proofs.Subtree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roots of subtrees of a journal's tree, from one pass over its records. */
final class Subtrees {
  private final List<Subtree> wanted;
  private final List<CompactRange> trees = new ArrayList<>();

  private Subtrees(List<Subtree> wanted) {
    this.wanted = wanted;
    wanted.forEach(_ -> trees.add(CompactRange.empty()));
  }

  static List<byte[]> read(Path directory, ReadKeys keys, List<Subtree> wanted) throws IOException {
    var subtrees = new Subtrees(wanted);
    long end = wanted.stream().mapToLong(Subtree::to).max().orElse(0);
    long at = subtrees.addDropped(directory, keys);
    try (JournalReader reader = JournalReader.open(directory, keys, at + 1)) {
      while (at < end && reader.next()) {
        subtrees.add(at, 0, reader.line().hash());
        at++;
      }
    }
    return subtrees.roots();
  }

  /** Of records that are no longer kept, the first header has the roots; answers how many. */
  private long addDropped(Path directory, ReadKeys keys) throws IOException {
    List<SegmentName> segments = SegmentName.in(directory);
    if (segments.isEmpty()) {
      return 0;
    }
    try (var lines = new SegmentLines(segments.getFirst().path())) {
      Optional<SegmentHeader> header = lines.header(keys);
      long at = 0;
      if (header.isPresent()) {
        for (byte[] hash : header.get().tree().largestFirst()) {
          int level = 63 - Long.numberOfLeadingZeros(header.get().tree().size() - at);
          add(at, level, hash);
          at += 1L << level;
        }
      }
      return at;
    }
  }

  private void add(long from, int level, byte[] root) {
    for (int i = 0; i < trees.size(); i++) {
      Subtree range = wanted.get(i);
      if (from >= range.from() && from + (1L << level) <= range.to()) {
        trees.get(i).add(level, root);
      }
    }
  }

  private List<byte[]> roots() throws IOException {
    var roots = new ArrayList<byte[]>();
    for (int i = 0; i < trees.size(); i++) {
      CompactRange tree = trees.get(i);
      if (tree.size() != wanted.get(i).to() - wanted.get(i).from()) {
        throw new IOException("records that the proof needs are not there, or no longer kept");
      }
      roots.add(tree.root());
    }
    return roots;
  }
}
