package io.wholechart.source;

/** One read of a source, possibly of several pages. */
public interface SourceCall {
  /**
   * Reads, and hands what it reads to the intake piece by piece.
   *
   * @throws InterruptedException when the deadline strikes; what the intake has by then is kept
   */
  Ending run(Intake intake) throws InterruptedException;

  /** How a call ended. */
  sealed interface Ending {
    /** All of it was read. */
    record Whole() implements Ending {}

    /** The source says that it does not know the patient. */
    record NotFound() implements Ending {}

    /**
     * A search was refused as one for what is not there. A search for a patient that nobody knows
     * finds nothing instead, so this may as well be a type that the source does not serve: it only
     * means "not found" where no other call of the source found anything.
     */
    record NotServed(Failure failure) implements Ending {}

    /** It ended early; the intake may hold what came before. */
    record Broken(Failure failure) implements Ending {}

    static Ending broken(FailureReason reason, String detail) {
      return new Broken(new Failure(reason, detail));
    }
  }
}
