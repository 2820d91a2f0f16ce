/**
 * Asks every source at once under one deadline and makes one record of what comes. {@link
 * io.wholechart.aggregate.FanOut} is the only user of structured concurrency in the project, so
 * that there is one place to look for how time and threads are bounded.
 */
@NullMarked
package io.wholechart.aggregate;

import org.jspecify.annotations.NullMarked;
