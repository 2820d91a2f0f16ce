package io.wholechart.metrics;

import java.util.Set;
import java.util.stream.Collectors;

/** The metrics that a PromQL expression names. */
public final class MetricNames {
  private MetricNames() {}

  public static Set<String> in(String promQl) {
    return PromQl.of(promQl).selectors().stream()
        .map(PromQl.Selector::metric)
        .collect(Collectors.toSet());
  }
}
