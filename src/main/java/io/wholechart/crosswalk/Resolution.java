package io.wholechart.crosswalk;

import io.wholechart.patient.SourceId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;

/** What became of the question by which id a source knows the patient. */
public sealed interface Resolution {
  record Found(SourceId id) implements Resolution {}

  /** The patient is known, and known to have no id there: the source has nothing of theirs. */
  record NoneThere() implements Resolution {}

  /** Nobody can say, which says nothing about what the source holds. */
  record Unresolved(Failure cause) implements Resolution {}

  /**
   * A failure in the words of the closed vocabulary.
   *
   * @param why completes "… was not asked: "
   */
  static Unresolved unresolved(String why) {
    return new Unresolved(new Failure(FailureReason.ID_UNRESOLVED, "was not asked: " + why));
  }
}
