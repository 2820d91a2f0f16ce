package io.wholechart.crosswalk;

import io.wholechart.patient.PatientId;
import io.wholechart.source.Failure;

/** Whose number it is, as the id that callers ask by. */
public sealed interface Holder {
  /** Theirs, and nobody else's. */
  record One(PatientId id) implements Holder {}

  /**
   * Theirs if a source states it as that system's. Where there is one id everywhere, a number of a
   * system that is not configured is not mapped, and two systems give one number to two people.
   */
  record Supposed(PatientId id) implements Holder {}

  /** It is known that nobody has it. */
  record Nobody() implements Holder {}

  /** More than one patient has it, and there is no choosing among them. */
  record Several() implements Holder {}

  /** Nobody will ever say: whose numbers these are is not known here, or was not said. */
  record UnknownSystem() implements Holder {}

  /**
   * Nobody can say now.
   *
   * @param cause completes a sentence that begins with whoever was asked
   */
  record Unresolved(Failure cause) implements Holder {}
}
