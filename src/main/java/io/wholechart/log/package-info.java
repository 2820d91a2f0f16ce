/**
 * The log, and what may stand in it. A log is copied to machines and read by people that no patient
 * has agreed to, so what is written into it has a type of its own, {@link io.wholechart.log.Safe}:
 * whoever wants to log a value has to say where it is from, and nothing else fits. The line around
 * it is a constant, which the compiler sees to. Nobody outside of this room names a logging
 * library, and there is no way to log an exception with its message.
 */
@NullMarked
package io.wholechart.log;

import org.jspecify.annotations.NullMarked;
