/**
 * The deny list as a file: the consent decisions of another system, which writes it. A room of its
 * own, since {@code consent} decides and reads no files.
 *
 * <p>While what the file has changed to cannot be used, the last good list stays in force, and a
 * gauge, an alert and the log say so: a list that is a few minutes old withholds nearly all that it
 * should, and none would show everything.
 */
@NullMarked
package io.wholechart.denylist;

import org.jspecify.annotations.NullMarked;
