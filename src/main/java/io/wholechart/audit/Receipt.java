package io.wholechart.audit;

/** What became of a record that was handed to the audit log. */
public sealed interface Receipt {
  /** It is on disk, as this line of the journal. */
  record Durable(long seq) implements Receipt {}

  /**
   * It is not known to be on disk, so what it records must not be answered. After {@link
   * Reason#DISK_STALLED} it may get there later all the same: an access recorded and not given.
   */
  record NotDurable(Reason reason) implements Receipt {}

  /** Why a record is not durable. */
  enum Reason {
    /** Too many records wait for the disk. */
    QUEUE_FULL,
    /** The disk does not answer in time. */
    DISK_STALLED,
    /** A write or its sync failed, now or before; the journal takes nothing more. */
    DISK_FAILED,
    /** The log is being closed. */
    CLOSED
  }
}
