package io.wholechart.journal;

/** Whether the journal takes contents now, and if not, why. */
public enum JournalState {
  WRITABLE,
  /** The disk has been busy with one batch for longer than {@link Journal#STALLED_AFTER}. */
  STALLED,
  /** A write or sync failed; only {@link Journal#reopen} helps. */
  FAILED,
  CLOSED
}
