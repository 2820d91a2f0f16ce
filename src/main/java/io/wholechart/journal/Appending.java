package io.wholechart.journal;

import java.time.Duration;

/** A content on its way to the disk. */
public interface Appending {
  /**
   * What became of it, at the latest after this time: {@link Receipt.Reason#DISK_STALLED} where
   * that is not known by then, or as soon as the disk is found to hang.
   */
  Receipt await(Duration within) throws InterruptedException;
}
