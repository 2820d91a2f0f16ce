package io.wholechart.patient;

import java.util.ArrayList;
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
    if (originals.size() == 1) {
      return List.of(first().source());
    }
    List<String> sources = new ArrayList<>(originals.size());
    for (Entry original : originals) {
      if (!sources.contains(original.source())) {
        sources.add(original.source());
      }
    }
    return sources;
  }
}
