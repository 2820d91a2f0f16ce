package io.wholechart.shipping;

import io.wholechart.journal.ReadKeys;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The journal that is shipped, seen from outside: its files, and how far they can be relied on.
 *
 * @param durableSize how many records are on disk for good; a record beyond could still be taken
 *     back by a power failure, and another one be written in its place
 * @param checkpointSize how many of them the last checkpoint signs for
 */
public record ShippedJournal(
    Path directory, ReadKeys keys, LongSupplier durableSize, LongSupplier checkpointSize) {}
