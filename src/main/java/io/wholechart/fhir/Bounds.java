package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much of one answer is read, over all its pages: the block {@code payload} of a source. The
 * bytes of a body are counted elsewhere; these bound what a reader makes of them, which may be many
 * times larger.
 *
 * @param maxEntries resources, studies or HL7 segments
 * @param maxDepth how deep JSON may be nested
 * @param maxStringLength of a JSON string that is read; what is only copied is not counted, such as
 *     a scanned letter
 */
public record Bounds(int maxEntries, int maxDepth, int maxStringLength) {
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_DEPTH = 1000;
  private static final int MOST_LENGTH = 256 << 20;

  /** What no source can be allowed to exceed. */
  static final Bounds WIDEST = new Bounds(MOST_ENTRIES, MOST_DEPTH, MOST_LENGTH);

  // A parser's factory holds tables of the names that it has seen: one for all calls of a source.
  private static final Map<Bounds, JsonFactory> FACTORIES = new ConcurrentHashMap<>();

  public Bounds {
    require(maxEntries, MOST_ENTRIES, "maxEntries");
    require(maxDepth, MOST_DEPTH, "maxDepth");
    require(maxStringLength, MOST_LENGTH, "maxStringLength");
  }

  /** Makes parsers that keep to them. */
  JsonFactory json() {
    return FACTORIES.computeIfAbsent(this, Bounds::factory);
  }

  /**
   * With buffers that all share. By default each thread keeps its own, some 16 KiB: a virtual
   * thread would make them for one document, and one that serves a connection hold them while that
   * rests.
   */
  private static JsonFactory factory(Bounds bounds) {
    return JsonFactory.builder()
        .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
        .streamReadConstraints(bounds.ofJson())
        .build();
  }

  /** What a parser of JSON is held to. */
  public StreamReadConstraints ofJson() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(maxDepth)
        .maxStringLength(maxStringLength)
        .maxNumberLength(200)
        .maxNameLength(1000)
        .build();
  }

  private static void require(int value, int most, String key) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(key + " must be from 1 to " + most);
    }
  }
}
