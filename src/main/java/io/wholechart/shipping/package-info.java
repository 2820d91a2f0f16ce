/**
 * The audit journal on its way to where many logs are kept together: PostgreSQL, Kafka.
 *
 * <p>The journal on the local disk is the truth, and shipping only reads it: what a sink does, or
 * does not, never reaches an answer, and needs no memory beyond one batch. Each sink is asked what
 * it holds before it is sent more, so that a crash on either side neither loses a record nor leaves
 * one there twice.
 *
 * <p>Of a record it knows only its kind and time, which it reads off the first two fields; so
 * {@code audit} stands above this package, whose settings are part of its block.
 */
@NullMarked
package io.wholechart.shipping;

import org.jspecify.annotations.NullMarked;
