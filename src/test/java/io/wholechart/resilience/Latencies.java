package io.wholechart.resilience;

import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Times, from several threads, and their percentiles. */
final class Latencies {
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  void add(Duration time) {
    nanos.add(time.toNanos());
  }

  int count() {
    return nanos.size();
  }

  double millis(double percentile) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    int at = (int) Math.ceil(percentile / 100 * sorted.length) - 1;
    return sorted[Math.max(at, 0)] / 1e6;
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
