package io.wholechart.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * The edges of the histograms, chosen by hand instead of the 70 of a percentile histogram: every
 * edge is a series for each combination of tags.
 */
record Edges(List<Duration> all) {
  /** What an answer takes after its deadline struck and still counts as in time. */
  private static final Duration GRACE = Duration.ofMillis(100);

  /** From a quick disk to one that holds up every answer. */
  static final Edges OF_A_DISK =
      new Edges(
          LongStream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 100_000, 250_000)
              .boxed()
              .map(micros -> Duration.ofNanos(micros * 1_000))
              .toList());

  Edges {
    all = List.copyOf(all);
  }

  /**
   * A ladder to ten seconds, or as far as the longest deadline. Each deadline is an edge, so that
   * "in time" is exact and not interpolated, and so is each deadline with its grace.
   */
  static Edges around(Collection<Duration> deadlines) {
    Duration end = deadlines.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    var edges = new TreeSet<Duration>();
    LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
        .mapToObj(Duration::ofMillis)
        .forEach(edges::add);
    LongStream.of(30, 60, 120, 300)
        .mapToObj(Duration::ofSeconds)
        .filter(step -> step.compareTo(end) < 0)
        .forEach(edges::add);
    for (Duration deadline : deadlines) {
      edges.add(deadline);
      edges.add(deadline.plus(GRACE));
    }
    return new Edges(List.copyOf(edges));
  }
}
