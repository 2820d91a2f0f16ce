/**
 * Strict loading of the configuration: a mistyped key stops the start and says file, key and
 * nearest valid key, since in this trade a setting that silently does nothing is a setting that
 * somebody relies on. Each feature owns its settings record; this room only lays the layers over
 * one another and fills the records.
 */
@NullMarked
package io.wholechart.config;

import org.jspecify.annotations.NullMarked;
