package io.wholechart.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Urgency;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTest {
  private static final String PLAIN = "text/plain; version=0.0.4";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  @ParameterizedTest
  @ValueSource(strings = {PLAIN, OPEN_METRICS})
  void eachDeadlineAndItsGraceIsAnEdge(String format) {
    try (var metrics = RecordedMetrics.open()) {
      assertThat(edges(metrics.scrape(format), "patient_aggregation_duration_seconds"))
          .contains("2.0", "2.1", "5.0", "5.1", "10.0", "10.1", "+Inf")
          .hasSizeLessThan(20);
    }
  }

  @Test
  void aChartThatEndsWithItsDeadlineIsCountedBelowTheGrace() {
    try (var metrics = RecordedMetrics.open()) { // one emergency chart, of 2001 ms
      assertThat(metrics.scrape(PLAIN).lines())
          .contains(
              "patient_aggregation_duration_seconds_bucket{urgency=\"emergency\",le=\"2.0\"} 0",
              "patient_aggregation_duration_seconds_bucket{urgency=\"emergency\",le=\"2.1\"} 1");
    }
  }

  @Test
  void longDeadlinesLengthenTheLadderAndShortOnesDoNotCutIt() {
    assertThat(Edges.around(List.of(Duration.ofSeconds(90))).all())
        .contains(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMillis(90_100))
        .doesNotContain(Duration.ofSeconds(120));
    assertThat(Edges.around(List.of(Duration.ofMillis(300))).all())
        .contains(Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofSeconds(10))
        .isSorted();
    assertThat(Edges.around(List.of()).all()).hasSize(12);
  }

  @Test
  void whatAlertsCountExistsBeforeItsFirstEvent() {
    try (var metrics = new Metrics(RecordedMetrics::deadline)) {
      metrics.registerSource("lab");
      assertThat(metrics.scrape(PLAIN).lines())
          .contains(
              "audit_failures_total 0.0",
              "audit_append_duration_seconds_count 0",
              "identity_mismatches_total{source=\"lab\"} 0.0",
              "source_fetch_duration_seconds_count{outcome=\"ok\",source=\"lab\"} 0",
              "patient_aggregations_total{completeness=\"none\",deadline=\"missed\",urgency=\"emergency\"}"
                  + " 0.0",
              "patient_aggregation_duration_seconds_count{urgency=\"urgent\"} 0",
              "patient_deadline_seconds{urgency=\"emergency\"} 2.0",
              "jvm_threads_virtual_pinned_seconds_count 0");
    }
  }

  @Test
  void watchingASourcesCallsRegistersTheSource() {
    try (var metrics = new Metrics(RecordedMetrics::deadline)) {
      metrics.watchSourceCalls("lab", () -> 0);
      assertThat(metrics.scrape(PLAIN)).contains("identity_mismatches_total{source=\"lab\"} 0.0");
    }
  }

  @Test
  void anEventIsCountedOnTopOfTheZeroThatStoodThere() {
    try (var metrics = RecordedMetrics.open()) {
      metrics.identityMismatch("ehr", 3);
      metrics.aggregation(Urgency.EMERGENCY, "partial", true, Duration.ofSeconds(1));
      assertThat(metrics.scrape(PLAIN).lines())
          .contains(
              "audit_failures_total 1.0",
              "identity_mismatches_total{source=\"ehr\"} 5.0",
              "identity_mismatches_total{source=\"lab\"} 0.0",
              "patient_aggregations_total{completeness=\"partial\",deadline=\"met\",urgency=\"emergency\"}"
                  + " 2.0");
    }
  }

  @Test
  void aDiskIsMeasuredOnAFinerScale() {
    try (var metrics = RecordedMetrics.open()) {
      assertThat(edges(metrics.scrape(PLAIN), "audit_append_duration_seconds"))
          .contains("2.5E-4", "0.05")
          .doesNotContain("2.1");
    }
  }

  @Test
  void theBuildAndTheProcessAreThere() {
    try (var metrics = RecordedMetrics.open()) {
      Scrape scrape = Scrape.of(metrics.scrape(PLAIN));
      assertThat(scrape.labelsOf("wholechart_build")).containsExactlyInAnyOrder("version", "java");
      assertThat(scrape.series())
          .containsKeys(
              "process_cpu_usage",
              "process_files_open_files",
              "process_files_max_files",
              "jvm_memory_used_bytes",
              "jvm_gc_overhead",
              "jvm_gc_live_data_size_bytes",
              "jvm_threads_live_threads");
    }
  }

  @Test
  void everyRecordingMethodIsCalledByTheFixture() {
    Set<String> recording =
        Arrays.stream(Metrics.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !Set.of("scrape", "close").contains(name))
            .collect(Collectors.toSet());

    assertThat(RecordedMetrics.CALLED).isEqualTo(recording);
  }

  private static Set<String> edges(String scrape, String histogram) {
    return Scrape.of(scrape).series().get(histogram + "_bucket").stream()
        .map(labels -> labels.get("le"))
        .collect(Collectors.toSet());
  }
}
