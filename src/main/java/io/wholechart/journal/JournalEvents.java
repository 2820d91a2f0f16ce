package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;

/**
 * What the journal tells of itself while it runs, and how its own records are spelled. Called on
 * the journal's threads: whoever listens must return at once.
 */
public interface JournalEvents {
  /** One batch is on disk. */
  default void synced(int records, Duration took) {}

  /** A checkpoint over that many records is signed and on disk. */
  default void checkpointed(long size) {}

  /** A checkpoint could not be written, here or at its second place; the next one is tried. */
  default void checkpointFailed() {}

  /** The file that was written to is dead, and with it the journal until it is reopened. */
  default void failed() {}

  /** The content of a record of the journal's own: an event of it, and a word more. */
  default byte[] status(String event, String detail) {
    return ("\"kind\":\"status\",\"event\":\"" + event + "\",\"detail\":\"" + detail + "\"")
        .getBytes(US_ASCII);
  }
}
