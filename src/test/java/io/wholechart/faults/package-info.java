/**
 * Sources that fail in every way that we know of, byte by byte and on real sockets: the test suites
 * of faults, of mixed-up patients and of endurance stand on them.
 *
 * <p>The stub hospital is for people and for what WireMock can do. What is needed here is below
 * HTTP or beside it (a reset in the middle of a chunk, a certificate that has expired, a name that
 * never resolves), or so frequent that a whole HTTP server would be what is measured.
 */
@NullMarked
package io.wholechart.faults;

import org.jspecify.annotations.NullMarked;
