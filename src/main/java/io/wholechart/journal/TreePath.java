package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The hashes beside a leaf's way up to the root (RFC 6962, section 2.1.1), found in one pass over
 * the log. Whatever the log's size, it holds a hash for each bit of it; what was dropped from the
 * log's beginning it takes from the first segment's header.
 */
final class TreePath {
  private final long index;
  private final long size;
  private final List<Subtree> beside = new ArrayList<>(); // the lowest first
  private byte @Nullable [] leaf;

  /** The leaves from one on, before another, and what is known of their tree. */
  private static final class Subtree {
    final long from;
    final long to;
    CompactRange tree = CompactRange.empty();

    Subtree(long from, long to) {
      this.from = from;
      this.to = to;
    }
  }

  TreePath(long index, long size) {
    this.index = index;
    this.size = size;
    descend(0, size);
  }

  private void descend(long from, long to) {
    if (to - from == 1) {
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    boolean isLeft = index < middle;
    descend(isLeft ? from : middle, isLeft ? middle : to);
    beside.add(isLeft ? new Subtree(middle, to) : new Subtree(from, middle));
  }

  /** Reads all of the log that was signed for, and gives the line out. */
  byte[] read(Path directory, ReadKeys keys) throws IOException {
    byte[] line = null;
    takeDropped(directory, keys);
    try (JournalReader reader = JournalReader.open(directory, keys, 1)) {
      while (reader.next() && reader.line().seq() <= size) {
        JournalLine next = reader.line();
        if (next.seq() == index + 1) {
          line = next.raw();
          leaf = next.hash();
        } else {
          add(next.seq() - 1, next.hash());
        }
        if (next.seq() == size) {
          break;
        }
      }
    }
    if (line == null) {
      throw new IOException("record " + (index + 1) + " is no longer in the log");
    }
    return line;
  }

  List<byte[]> path() {
    return beside.stream().map(subtree -> subtree.tree.root()).toList();
  }

  byte[] root() {
    return up(leaf == null ? new byte[0] : leaf, index, size, path()).orElse(new byte[0]);
  }

  /** Whether a leaf's way up ends at this root (RFC 9162, section 2.1.3.2). */
  static boolean leadsTo(byte[] root, byte[] leaf, long index, long size, List<byte[]> path) {
    return index >= 0
        && index < size
        && up(leaf, index, size, path).filter(top -> Arrays.equals(top, root)).isPresent();
  }

  private static Optional<byte[]> up(byte[] leaf, long index, long size, List<byte[]> path) {
    var hashing = new Hashing();
    byte[] hash = leaf;
    long node = index;
    long last = size - 1;
    for (byte[] beside : path) {
      if (last == 0) {
        return Optional.empty();
      }
      if ((node & 1) == 1 || node == last) {
        hash = hashing.node(beside, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = hashing.node(hash, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 ? Optional.of(hash) : Optional.empty();
  }

  private void add(long at, byte[] hash) {
    for (Subtree subtree : beside) {
      if (at >= subtree.from && at < subtree.to) {
        subtree.tree.add(hash);
        return;
      }
    }
  }

  /** What stands for the leaves that are no longer there: perfect subtrees, the largest first. */
  private void takeDropped(Path directory, ReadKeys keys) throws IOException {
    List<SegmentName> segments = SegmentName.in(directory);
    if (segments.isEmpty()) {
      return;
    }
    Optional<SegmentHeader> header;
    try (var lines = new SegmentLines(segments.getFirst().path())) {
      header = lines.header(keys);
    }
    CompactRange dropped = header.map(SegmentHeader::tree).orElse(CompactRange.empty());
    for (Subtree subtree : beside) {
      subtree.tree = within(subtree, dropped);
    }
  }

  private static CompactRange within(Subtree subtree, CompactRange dropped) {
    List<byte[]> roots = dropped.largestFirst();
    List<byte[]> inside = new ArrayList<>();
    long from = 0;
    long leaves = 0;
    long rest = dropped.size();
    for (byte[] root : roots) {
      long leavesOfRoot = Long.highestOneBit(rest);
      if (from >= subtree.from && from + leavesOfRoot <= subtree.to) {
        inside.add(root);
        leaves += leavesOfRoot;
      }
      from += leavesOfRoot;
      rest -= leavesOfRoot;
    }
    return CompactRange.of(leaves, inside);
  }
}
