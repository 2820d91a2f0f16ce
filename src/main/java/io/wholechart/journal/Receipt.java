package io.wholechart.journal;

/** What became of a content that was handed to the journal. */
public sealed interface Receipt {
  /** It is on disk, as this line, signed for by the key of this epoch. */
  record Durable(long seq, int epoch) implements Receipt {}

  /**
   * It is not known to be on disk, so what it records must not be answered. After {@link
   * Reason#DISK_STALLED} it may get there later all the same: an access recorded and not given.
   */
  record NotDurable(Reason reason) implements Receipt {}

  /** Why a content is not durable. */
  enum Reason {
    /** Too many contents wait for the disk. */
    QUEUE_FULL,
    /** The disk does not answer in time. */
    DISK_STALLED,
    /** A write or its sync failed, or the file was taken away; this file takes nothing more. */
    DISK_FAILED,
    /** The journal is being closed. */
    CLOSED
  }
}
