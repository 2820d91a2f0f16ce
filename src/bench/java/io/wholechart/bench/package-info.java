/**
 * {@code make bench}: how much the service costs and how long it takes, beside what people would
 * write instead, so that nobody has to believe a figure.
 *
 * <p>Four kinds of process on one machine, all on loopback: the {@linkplain StubSources stub
 * sources} with constant delays and real payloads; the service as {@code bin/wholechart serve}
 * starts it (audit durable, identity, merge and metrics on); two peers that only parse and
 * concatenate, one on {@linkplain VertxAggregator Vert.x} and one in Node ({@code
 * src/bench/node/aggregator.mjs}); and the bench with its {@linkplain Load callers}. Everybody gets
 * the same sources, the same calls, the same deadlines and the same route. Before anything is
 * measured, each contender's answer is looked into: all entries, no source missing.
 *
 * <p>How it measures, and why so:
 *
 * <ul>
 *   <li>Rounds are interleaved, A B C A B C, so that a noisy minute of the machine hits everybody;
 *       the median stands in the table with the lowest and the highest round.
 *   <li>The first figure is CPU time of the service's processes over completed requests: other work
 *       on the machine disturbs it least, where it makes wall-clock figures worthless.
 *   <li>Latencies of the open model count from when a request was meant to leave.
 *   <li>An answer counts as right only with the status that the scenario calls for; how many lacked
 *       a source is told beside.
 *   <li>What the bench itself costs a request (stubs and callers) is printed: they share the cores.
 * </ul>
 *
 * <p>The results are {@code target/bench/report.md} and {@code target/bench/report.html}. {@code
 * make bench BENCH=quick} is the short run: good for finding out that something broke, too short
 * for a figure that one would quote. Further words for {@code BENCH}: the names of the tables to be
 * measured ({@code cpu}, {@code latency}, {@code held}, {@code hung}, {@code start}, {@code
 * growth}, {@code journal}), and {@code audit100} for a journal of 100 million records, which takes
 * 70 GB.
 */
@NullMarked
package io.wholechart.bench;

import org.jspecify.annotations.NullMarked;
