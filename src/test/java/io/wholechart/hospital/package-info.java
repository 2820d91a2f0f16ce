/**
 * A hospital to practise on: an EHR, a laboratory, an imaging archive and a pharmacy as four
 * WireMock servers in one process, each of which can fall ill in its own way and die alone.
 *
 * <p>What they say stands in {@code stubs/}, as does when they misbehave: every outage is a state
 * of the WireMock scenario {@code outage}. The code here adds only what a mapping file cannot: an
 * answer that goes wrong on its way to the wire ({@link io.wholechart.hospital.FaultyDelivery}),
 * and the answer that would have been right ({@link io.wholechart.hospital.RightAnswer}). It is
 * test code that also runs from a jar of its own for the demonstration, so that it may use the JDK
 * and WireMock and nothing else.
 */
@NullMarked
package io.wholechart.hospital;

import org.jspecify.annotations.NullMarked;
