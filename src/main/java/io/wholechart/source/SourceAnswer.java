package io.wholechart.source;

import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.source.SourceCall.Ending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what the calls of one source came to. Pure. */
public final class SourceAnswer {
  private SourceAnswer() {}

  /** A call that has ended, one way or another. */
  public record Ended(Intake intake, Ending ending) {}

  public static SourceResult of(List<Ended> calls) {
    List<Entry> entries = distinct(calls);
    List<Failure> failures = new ArrayList<>();
    List<Failure> notServed = new ArrayList<>();
    boolean isNotFound = false;
    for (Ended call : calls) {
      switch (call.ending()) {
        case Ending.Whole _ -> {}
        case Ending.NotFound _ -> isNotFound = true;
        case Ending.NotServed(var failure) -> notServed.add(failure);
        case Ending.Broken(var failure) -> failures.add(failure);
      }
    }
    isNotFound |= notServed.size() == calls.size() && !calls.isEmpty();
    if (failures.isEmpty() && entries.isEmpty() && isNotFound) {
      return new SourceResult.NotFound();
    }
    failures.addAll(notServed);
    if (failures.isEmpty()) {
      return new SourceResult.Complete(entries);
    }
    Failure first = failures.getFirst();
    boolean isAllLost = failures.size() == calls.size() && entries.isEmpty();
    if (isAllLost && first.reason() != FailureReason.PARTIAL) {
      return new SourceResult.Failed(first);
    }
    return new SourceResult.Incomplete(entries, partial(first, failures.size(), calls.size()));
  }

  private static Failure partial(Failure first, int broken, int calls) {
    if (first.reason() == FailureReason.PARTIAL) {
      return first;
    }
    String share = calls == 1 ? "" : " (" + broken + " of " + calls + " requests)";
    return new Failure(
        FailureReason.PARTIAL, "answered only in part" + share + ": it " + first.detail());
  }

  /**
   * The entries without those that were sent twice to the letter: pages overlap, and searches for
   * several types each include the same Patient. What differs in a byte is kept, both times.
   */
  private static List<Entry> distinct(List<Ended> calls) {
    // By id first: bytes are compared only where it repeats, and a chart's are never all hashed.
    record Sent(String type, String id) {}
    Map<Sent, List<ResourceBytes>> seen = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Ended call : calls) {
      for (Entry entry : call.intake().entries()) {
        @Nullable String id = entry.facts().id();
        List<ResourceBytes> before =
            id == null
                ? List.of()
                : seen.computeIfAbsent(new Sent(entry.facts().type(), id), _ -> new ArrayList<>(1));
        if (!before.contains(entry.bytes())) {
          entries.add(entry);
          if (id != null) {
            before.add(entry.bytes());
          }
        }
      }
    }
    return entries;
  }
}
