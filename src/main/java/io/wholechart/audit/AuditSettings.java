package io.wholechart.audit;

import java.nio.file.Path;

/**
 * The block {@code audit}.
 *
 * @param directory where the journal is kept; made if it is not there
 */
public record AuditSettings(Path directory) {}
