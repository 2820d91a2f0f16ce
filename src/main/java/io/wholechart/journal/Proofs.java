package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proofs about the records of a journal after RFC 6962, section 2.1, made and checked. */
public final class Proofs {
  private Proofs() {}

  /** The hashes by which the root over that many records follows from this one's leaf. */
  public static List<byte[]> inclusion(Path directory, ReadKeys keys, long seq, long size)
      throws IOException {
    if (seq < 1 || seq > size) {
      throw new IllegalArgumentException("record %d of %d".formatted(seq, size));
    }
    var ranges = new ArrayList<Subtree>();
    path(seq - 1, 0, size, ranges);
    return Subtrees.read(directory, keys, ranges);
  }

  /** The hashes by which both roots follow, of the first so many records and of so many. */
  public static List<byte[]> consistency(Path directory, ReadKeys keys, long first, long size)
      throws IOException {
    if (first < 1 || first > size) {
      throw new IllegalArgumentException("%d of %d records".formatted(first, size));
    }
    var ranges = new ArrayList<Subtree>();
    subproof(first, 0, size, true, ranges);
    return Subtrees.read(directory, keys, ranges);
  }

  /** Leaves from one on and up to, but without, another. */
  record Subtree(long from, long to) {}

  private static void path(long leaf, long from, long to, List<Subtree> out) {
    if (to - from == 1) {
      return;
    }
    long middle = from + leftSize(to - from);
    if (leaf < middle) {
      path(leaf, from, middle, out);
      out.add(new Subtree(middle, to));
    } else {
      path(leaf, middle, to, out);
      out.add(new Subtree(from, middle));
    }
  }

  private static void subproof(long size, long from, long to, boolean isKnown, List<Subtree> out) {
    if (size == to - from) {
      if (!isKnown) {
        out.add(new Subtree(from, to));
      }
      return;
    }
    long left = leftSize(to - from);
    if (size <= left) {
      subproof(size, from, from + left, isKnown, out);
      out.add(new Subtree(from + left, to));
    } else {
      subproof(size - left, from + left, to, false, out);
      out.add(new Subtree(from, from + left));
    }
  }

  /** The largest power of two below a size. */
  private static long leftSize(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** Whether this leaf, as that record, and these hashes come to that root. */
  public static boolean verifyInclusion(
      byte[] leaf, long seq, long size, List<byte[]> path, byte[] root) {
    if (seq < 1 || seq > size) {
      return false;
    }
    var hashing = new Hashing();
    long at = seq - 1;
    long last = size - 1;
    byte[] hash = leaf;
    for (byte[] next : path) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = hashing.node(next, hash);
        int levels = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
        at >>= levels;
        last >>= levels;
      } else {
        hash = hashing.node(hash, next);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /** Whether what had the first root is how what has the second one begins. */
  public static boolean verifyConsistency(
      long first, byte[] firstRoot, long size, byte[] root, List<byte[]> proof) {
    if (first == size) {
      return proof.isEmpty() && Arrays.equals(firstRoot, root);
    }
    if (first < 1 || first > size || proof.isEmpty()) {
      return false;
    }
    var hashing = new Hashing();
    int trailing = Long.numberOfTrailingZeros(first);
    long at = (first - 1) >> trailing;
    long last = (size - 1) >> trailing;
    boolean isPower = Long.bitCount(first) == 1;
    byte[] before = isPower ? firstRoot : proof.getFirst();
    byte[] now = before;
    for (byte[] next : isPower ? proof : proof.subList(1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        before = hashing.node(next, before);
        now = hashing.node(next, now);
        int levels = (at & 1) == 1 ? 0 : Long.numberOfTrailingZeros(at);
        at >>= levels;
        last >>= levels;
      } else {
        now = hashing.node(now, next);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(before, firstRoot) && Arrays.equals(now, root);
  }
}
