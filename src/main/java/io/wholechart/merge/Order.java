package io.wholechart.merge;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.MergedEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of a section: by time, the newest first; what has no time comes last. */
final class Order {
  private Order() {}

  /** Sorts in place; stable, so that entries of one time stay in the order they came. */
  static List<MergedEntry> newestFirst(List<MergedEntry> entries) {
    entries.sort(Order::compare);
    return entries;
  }

  private static int compare(MergedEntry one, MergedEntry other) {
    @Nullable ClinicalTime time = one.first().facts().time();
    @Nullable ClinicalTime otherTime = other.first().facts().time();
    if (time == null) {
      return otherTime == null ? 0 : 1;
    }
    return otherTime == null ? -1 : otherTime.compareTo(time);
  }
}
