package io.wholechart.source;

import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.source.SourceCall.Ending;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    int most = calls.stream().mapToInt(call -> call.intake().entries().size()).sum();
    Set<Sent> seen = HashSet.newHashSet(most);
    List<Entry> entries = new ArrayList<>(most);
    for (Ended call : calls) {
      for (Entry entry : call.intake().entries()) {
        @Nullable String id = entry.facts().id();
        if (id == null || seen.add(new Sent(entry.facts().type(), id, entry.bytes()))) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private record Sent(String type, String id, ResourceBytes bytes) {

    /** By id: bytes are compared only where it repeats, and a chart's are never all hashed. */
    @Override
    public int hashCode() {
      return 31 * type.hashCode() + id.hashCode();
    }
  }
}
