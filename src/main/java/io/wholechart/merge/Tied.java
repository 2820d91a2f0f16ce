package io.wholechart.merge;

import io.wholechart.patient.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** An entry, tied to those that have something in common with it: a node of a union-find. */
final class Tied {
  private final Entry entry;
  private final int index;
  private final Collection<?> subjects;

  // Everything that is tied together is a ring, and all of it points to one of them.
  private Tied root = this;
  private Tied next = this;
  private int size = 1;

  private List<Entry> originals;
  private boolean isTaken;

  Tied(Entry entry, int index, Collection<?> subjects) {
    this.entry = entry;
    this.index = index;
    this.subjects = subjects;
    this.originals = List.of(entry);
  }

  Entry entry() {
    return entry;
  }

  Collection<?> subjects() {
    return subjects;
  }

  /** The smaller ring goes over to the larger, so that no input makes this slow. */
  void tie(Tied other) {
    Tied larger = root.size >= other.root.size ? root : other.root;
    Tied smaller = larger == root ? other.root : root;
    if (larger == smaller) {
      return;
    }
    for (Tied each = smaller.next; each.root != larger; each = each.next) {
      each.root = larger;
    }
    Tied after = larger.next;
    larger.next = smaller.next;
    smaller.next = after;
    larger.size += smaller.size;
  }

  boolean isRootOfSeveral() {
    return root == this && size > 1;
  }

  /** Everything that is tied to it and itself, in the order of the input. */
  List<Tied> together() {
    List<Tied> ring = new ArrayList<>(root.size);
    Tied each = this;
    do {
      ring.add(each);
      each = each.next;
    } while (each != this);
    ring.sort(Comparator.comparingInt(tied -> tied.index));
    return ring;
  }

  /** Makes these one group, which stands where the first of them does. */
  static void group(List<Tied> members) {
    members.sort(Comparator.comparingInt(tied -> tied.index));
    List<Entry> originals = new ArrayList<>(members.size());
    for (Tied member : members) {
      originals.add(member.entry);
      member.isTaken = true;
    }
    members.getFirst().isTaken = false;
    members.getFirst().originals = originals;
  }

  /** Whether it stands in another one's group. */
  boolean isTaken() {
    return isTaken;
  }

  List<Entry> originals() {
    return originals;
  }
}
