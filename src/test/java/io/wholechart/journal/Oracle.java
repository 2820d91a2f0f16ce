package io.wholechart.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962, section 2.1, as it is written down there: recursion over lists of leaves. */
final class Oracle {
  private static final Hashing HASHING = new Hashing();

  private Oracle() {}

  /** Some leaf's hash. */
  static byte[] leaf(int number) {
    byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
    return HASHING.leaf(bytes, 0, 4);
  }

  static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = left(leaves.size());
    return HASHING.node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
  }

  static List<byte[]> path(int leaf, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int left = left(leaves.size());
    List<byte[]> path =
        leaf < left
            ? path(leaf, leaves.subList(0, left))
            : path(leaf - left, leaves.subList(left, leaves.size()));
    path.add(root(leaf < left ? leaves.subList(left, leaves.size()) : leaves.subList(0, left)));
    return path;
  }

  static List<byte[]> consistency(int size, List<byte[]> leaves, boolean isKnown) {
    if (size == leaves.size()) {
      return isKnown ? new ArrayList<>() : new ArrayList<>(List.of(root(leaves)));
    }
    int left = left(leaves.size());
    List<byte[]> proof =
        size <= left
            ? consistency(size, leaves.subList(0, left), isKnown)
            : consistency(size - left, leaves.subList(left, leaves.size()), false);
    proof.add(root(size <= left ? leaves.subList(left, leaves.size()) : leaves.subList(0, left)));
    return proof;
  }

  private static int left(int size) {
    int left = 1;
    while (left * 2 < size) {
      left *= 2;
    }
    return left;
  }
}
