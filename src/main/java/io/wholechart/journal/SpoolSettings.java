package io.wholechart.journal;

import java.nio.file.Path;

/**
 * The block {@code audit.spool}.
 *
 * @param file best on another disk than the journal; made if it is not there
 * @param size all of which it takes from the beginning
 */
public record SpoolSettings(Path file, int size) {
  public SpoolSettings {
    if (size < 64 << 10) {
      throw new IllegalArgumentException("size must be at least 64KiB");
    }
  }
}
