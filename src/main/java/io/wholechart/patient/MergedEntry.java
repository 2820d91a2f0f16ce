package io.wholechart.patient;

import java.util.List;

/**
 * Entries of different sources that say the same; all of them are kept, and all of them are shown.
 */
public record MergedEntry(List<Entry> originals) {
  public MergedEntry {
    originals = List.copyOf(originals);
    if (originals.isEmpty()) {
      throw new IllegalArgumentException("a merged entry has at least one original");
    }
  }

  /** The one that is shown first: of the source that was configured first. */
  public Entry first() {
    return originals.getFirst();
  }

  public List<String> sources() {
    return originals.size() == 1
        ? List.of(first().source())
        : originals.stream().map(Entry::source).distinct().toList();
  }
}
