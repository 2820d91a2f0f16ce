package io.wholechart.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.metrics.PromQl.Matcher;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromQlTest {
  @Test
  void functionsKeywordsLabelsAndRangesAreNoMetrics() {
    assertThat(
            MetricNames.in(
                """
                histogram_quantile(0.99, sum by (job, le) (rate(a_bucket{source=~"x|y"}[$__rate_interval])))
                  > bool on (job) group_left (version) (b offset 1h) # and c
                  or vector(1e3) and max without (d) (e:f:g[5m:1m]) unless absent(h{i="j{k}"})
                """))
        .containsExactlyInAnyOrder("a_bucket", "b", "e:f:g", "h");
  }

  @Test
  void aSelectorKnowsItsConditionsAndTheGroupingsAroundIt() {
    PromQl query =
        PromQl.of("sum by (x) (count(a{l=\"1\", m!~'2'}) by (y)) / on (z) sum(b) without (w)");

    assertThat(query.matchedOn()).containsExactly("z");
    assertThat(query.selectors().get(0).metric()).isEqualTo("a");
    assertThat(query.selectors().get(0).matchers())
        .isEqualTo(List.of(new Matcher("l", "=", "1"), new Matcher("m", "!~", "2")));
    assertThat(query.selectors().get(0).groupedBy()).containsExactlyInAnyOrder("x", "y");
    assertThat(query.selectors().get(1).metric()).isEqualTo("b");
    assertThat(query.selectors().get(1).groupedBy()).containsExactly("w");
  }

  @Test
  void whatItDoesNotUnderstandIsRefused() {
    assertThatThrownBy(() -> PromQl.of("{__name__=\"a\"}"))
        .hasMessageContaining("without a metric");
    assertThatThrownBy(() -> PromQl.of("sum by (a (b)")).hasMessageContaining("parenthesis");
    assertThatThrownBy(() -> PromQl.of("a ; b")).hasMessageContaining("not PromQL from 2");
  }
}
