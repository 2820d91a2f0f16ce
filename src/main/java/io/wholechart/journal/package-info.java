/** An append-only, tamper-evident journal. */
@NullMarked
package io.wholechart.journal;

import org.jspecify.annotations.NullMarked;
