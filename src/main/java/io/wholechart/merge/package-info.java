/**
 * Entries of all sources to one record. Pure: no clock, no I/O, no log. It groups and orders and
 * never interprets: no unit is converted, no duplicate deleted, no conflict settled.
 *
 * <p>What counts as the same is deliberately narrow: the same type, a code of the same code system,
 * the same status and the same clinically relevant time, from different sources. A miss shows a
 * drug twice, which a reader sees; a false match hides one behind another, which nobody sees.
 */
@NullMarked
package io.wholechart.merge;

import org.jspecify.annotations.NullMarked;
