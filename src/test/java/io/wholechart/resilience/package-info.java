/**
 * How the pipeline of a source behaves when sources do not: a list of scenarios over real sockets,
 * with a report of what was measured.
 */
package io.wholechart.resilience;
