package io.wholechart.audit;

/** What became of a record that was handed to the audit log. */
public sealed interface Recorded {
  /** By which number another record refers to it; 0 where it is not kept. */
  long seq();

  /**
   * It is on disk.
   *
   * @param seq its number in the journal
   * @param receipt by which whoever was answered can have it shown: node, number, and the size of
   *     the last checkpoint
   */
  record Durable(long seq, String receipt) implements Recorded {}

  /**
   * It is an emergency's and on disk, in the spool: the journal gets it later, under a number that
   * is not known yet, so there is no receipt.
   */
  record Spooled(long seq) implements Recorded {}

  /**
   * It is an emergency's and on no disk, and may be answered all the same: what will be known is
   * that there was one, and a hash.
   */
  record Volatile(long seq) implements Recorded {}

  /**
   * It is not known to be on disk, so what it records must not be answered. It may get there later
   * all the same: an access recorded and not given.
   */
  record NotDurable() implements Recorded {
    @Override
    public long seq() {
      return 0;
    }
  }
}
