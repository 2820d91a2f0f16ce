package io.wholechart.source;

import io.wholechart.patient.Entry;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking one source. That it is silent and that it has nothing are different types, so
 * that no code can take one for the other.
 */
public sealed interface SourceResult {

  /** It answered, whole; no entries means that it holds none. */
  record Complete(List<Entry> entries) implements SourceResult {
    public Complete {
      entries = List.copyOf(entries);
    }
  }

  /** It answered that it does not know the patient. */
  record NotFound() implements SourceResult {}

  /** Some of its answer is there and some is known to be missing. */
  record Incomplete(List<Entry> entries, Failure cause) implements SourceResult {
    public Incomplete {
      entries = List.copyOf(entries);
    }
  }

  /** It did not answer in a way that can be used. */
  record Failed(Failure cause) implements SourceResult {}

  /** Whether it answered whole, so that what is not there is not there. */
  default boolean isAnswered() {
    return switch (this) {
      case Complete _, NotFound _ -> true;
      case Incomplete _, Failed _ -> false;
    };
  }

  default List<Entry> entries() {
    return switch (this) {
      case Complete(var entries) -> entries;
      case Incomplete(var entries, _) -> entries;
      case NotFound _, Failed _ -> List.of();
    };
  }

  default Optional<Failure> failure() {
    return switch (this) {
      case Complete _, NotFound _ -> Optional.empty();
      case Incomplete(_, var failure) -> Optional.of(failure);
      case Failed(var failure) -> Optional.of(failure);
    };
  }

  /** {@code ok}, {@code not-found} or the failure's reason. */
  default String status() {
    return switch (this) {
      case Complete _ -> "ok";
      case NotFound _ -> "not-found";
      case Incomplete(_, var failure) -> failure.reason().key();
      case Failed(var failure) -> failure.reason().key();
    };
  }
}
