package io.wholechart.audit;

/** A record on its way to the disk. */
public interface Recording {
  /** Whether it is known already that it will not get there. */
  boolean isRefused();

  /**
   * Returns when it is on disk, or when it is known that it will not be, or is not in time.
   *
   * @throws InterruptedException if the thread was interrupted while it waited: the record may get
   *     to the disk all the same, but the caller does not know it and must not answer
   */
  Recorded await() throws InterruptedException;
}
