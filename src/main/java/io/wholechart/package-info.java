/**
 * The command line and the assembly: the only room that sees all the others, and that none of them
 * sees.
 */
@NullMarked
package io.wholechart;

import org.jspecify.annotations.NullMarked;
