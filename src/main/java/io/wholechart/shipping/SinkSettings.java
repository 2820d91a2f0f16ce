package io.wholechart.shipping;

import org.jspecify.annotations.Nullable;

/**
 * The block {@code audit.sinks}: where the journal is shipped to; each sink is there or not.
 *
 * @param postgresql a table that can only be added to
 * @param kafka a topic
 */
public record SinkSettings(
    @Nullable PostgreSqlSettings postgresql, @Nullable KafkaSettings kafka) {}
