package io.wholechart.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The block {@code audit}.
 *
 * @param directory where the journal is kept; made if it is not there
 */
public record AuditSettings(Path directory) {
  /** How long a request waits for the disk before it is answered that it cannot be recorded. */
  public static final Duration DURABLE_WITHIN = Duration.ofSeconds(5);
}
