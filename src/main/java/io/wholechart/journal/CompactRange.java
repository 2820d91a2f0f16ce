package io.wholechart.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that only grows, as the roots of its perfect subtrees: one hash for each bit of its
 * size. That is enough to add leaves and to tell the root, whatever the tree's size. Not for
 * several threads.
 */
final class CompactRange {
  private static final int LEVELS = 62;

  private final Hashing hashing = new Hashing();
  private final byte[][] roots; // by level: of the subtree of 2^level leaves, where the bit is set
  private long size;

  private CompactRange(long size, byte[][] roots) {
    this.size = size;
    this.roots = roots;
  }

  static CompactRange empty() {
    return new CompactRange(0, new byte[LEVELS][]);
  }

  /**
   * The tree of this size with these subtrees, the largest first.
   *
   * @throws IllegalArgumentException if they are not as many as a tree of this size has
   */
  static CompactRange of(long size, List<byte[]> largestFirst) {
    if (size < 0 || size >= 1L << LEVELS || Long.bitCount(size) != largestFirst.size()) {
      throw new IllegalArgumentException("a tree of another size");
    }
    var range = new CompactRange(size, new byte[LEVELS][]);
    int next = 0;
    for (int level = LEVELS - 1; level >= 0; level--) {
      if ((size >> level & 1) == 1) {
        range.roots[level] = largestFirst.get(next++);
      }
    }
    return range;
  }

  long size() {
    return size;
  }

  void add(byte[] leaf) {
    add(0, leaf);
  }

  /** Adds all leaves of a subtree at once; there must be a place for it where the tree ends. */
  void add(int subtreeLevel, byte[] subtreeRoot) {
    byte[] hash = subtreeRoot;
    int level = subtreeLevel;
    for (; (size >> level & 1) == 1; level++) {
      hash = hashing.node(roots[level], hash);
    }
    roots[level] = hash; // those below it are out of date, as their bits say
    size += 1L << subtreeLevel;
  }

  byte[] root() {
    if (size == 0) {
      return hashing.ofNothing();
    }
    int level = Long.numberOfTrailingZeros(size);
    byte[] root = roots[level];
    for (level++; level < LEVELS; level++) {
      if ((size >> level & 1) == 1) {
        root = hashing.node(roots[level], root);
      }
    }
    return root;
  }

  List<byte[]> largestFirst() {
    var hashes = new ArrayList<byte[]>(Long.bitCount(size));
    for (int level = LEVELS - 1; level >= 0; level--) {
      if ((size >> level & 1) == 1) {
        hashes.add(roots[level]);
      }
    }
    return hashes;
  }

  CompactRange copy() {
    return new CompactRange(size, roots.clone());
  }
}
