/**
 * The upstream systems. A source is a list of calls that are made at the same time; a call speaks
 * its protocol over an {@link io.wholechart.source.Upstream}, which is a pipeline of wrappers, one
 * concern each, put together in {@link io.wholechart.source.Pipeline} and nowhere else.
 *
 * <p>The pipeline wraps the HTTP exchange and not the whole source, since that is the grain of what
 * it does: a limit counts sockets, and a retry of page seven should not ask for pages one to six
 * again. A call hands every payload to its {@link io.wholechart.source.Intake} as soon as it is
 * read, so that the deadline takes away only what had not come. Deadlines themselves are not kept
 * here: whoever runs a call interrupts it.
 *
 * <p>A source may be in several places. A read says what it wants below the primary's base, and any
 * replica may answer it, but for further pages: those are asked of the replica that gave the first.
 * A breaker is a replica's, limits and the shares of retries and hedges are the source's.
 *
 * <p>What has come is read at once. That a crowd's answers wait in the kernel until a few at a time
 * have their turn was tried and rejected: what fills the heap is the crowd's waiting (60 KiB each,
 * two fifths of it stacks) and not its reading, so that nothing was won by it.
 */
@NullMarked
package io.wholechart.source;

import org.jspecify.annotations.NullMarked;
