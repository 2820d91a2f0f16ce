package io.wholechart.audit;

/** What became of a record that was handed to the audit log. */
public sealed interface Recorded {
  /**
   * It is on disk.
   *
   * @param seq its number in the journal
   * @param receipt by which whoever was answered can have it shown: node, number, and the size of
   *     the last checkpoint
   */
  record Durable(long seq, String receipt) implements Recorded {}

  /**
   * It is not known to be on disk, so what it records must not be answered. It may get there later
   * all the same: an access recorded and not given.
   */
  record NotDurable() implements Recorded {}
}
