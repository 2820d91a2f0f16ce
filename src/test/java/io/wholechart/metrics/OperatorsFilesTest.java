package io.wholechart.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OperatorsFilesTest {
  @Test
  void everythingThatTheFilesAskForIsInARealScrape() {
    String scrape = scrapeAfterACollection();

    assertThat(OperatorsFiles.missingAltogetherFrom(scrape)).isEmpty();
    assertThat(OperatorsFiles.selectingNothingFrom(scrape)).isEmpty();
  }

  @Test
  void whatTheJvmReportsOnlyAfterACollectionIsNotMissedBeforeIt() {
    String scrape = without("jvm_gc_pause_seconds", scrapeAfterACollection());

    assertThat(OperatorsFiles.missingFrom(scrape)).isEmpty();
    assertThat(OperatorsFiles.missingAltogetherFrom(scrape))
        .contains("panel GC pauses: the scrape has no metric jvm_gc_pause_seconds_max");
  }

  @Test
  void aMetricThatWasRenamedIsMissedByPanelAndRule() {
    String scrape = without("audit_journal_writable", scrapeAfterACollection());

    assertThat(OperatorsFiles.missingFrom(scrape))
        .containsExactlyInAnyOrder(
            "panel Journal writable: the scrape has no metric audit_journal_writable",
            "rule WholechartAuditNotWritable: the scrape has no metric audit_journal_writable");
  }

  @Test
  void aLabelThatWasRenamedIsMissed() {
    String scrape = scrapeAfterACollection().replace("source=\"", "origin=\"");

    assertThat(OperatorsFiles.missingFrom(scrape))
        .contains(
            "panel Active calls: source_calls_active has no label source",
            "rule job_source:source_fetch_failures:ratio_rate2m: source_fetch_duration_seconds_count"
                + " has no label source",
            "rule WholechartIdentityMismatch: shows or matches on the label source, which its series"
                + " do not have");
  }

  @Test
  void aValueThatIsSpeltOtherwiseIsMissed() {
    String scrape = scrapeAfterACollection().replace("\"emergency\"", "\"acute\"");

    assertThat(OperatorsFiles.selectingNothingFrom(scrape))
        .anyMatch(complaint -> complaint.startsWith("panel Emergency p99"));
  }

  @Test
  void everyPanelSaysWhatItMeansAndAsksTheChosenDatasource() {
    List<JsonNode> panels = OperatorsFiles.panels();
    assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(panels).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();

    for (JsonNode panel : panels) {
      if (panel.path("type").asText().equals("row")) {
        continue;
      }
      String title = panel.path("title").asText();
      assertThat(panel.path("description").asText()).as(title).hasSizeGreaterThan(60);
      assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotEmpty();
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      for (JsonNode target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
      }
    }
  }

  @Test
  void panelsStandInTheGridWithoutCoveringOneAnother() {
    boolean[][] taken = new boolean[500][24];
    for (JsonNode panel : OperatorsFiles.dashboard().path("panels")) {
      JsonNode place = panel.path("gridPos");
      for (int y = place.path("y").asInt(); y < end(place, "y", "h"); y++) {
        for (int x = place.path("x").asInt(); x < end(place, "x", "w"); x++) {
          assertThat(taken[y][x]).as(panel.path("title").asText()).isFalse();
          taken[y][x] = true;
        }
      }
    }
  }

  private static int end(JsonNode place, String from, String length) {
    return place.path(from).asInt() + place.path(length).asInt();
  }

  @Test
  void theDashboardHasAFixedAddressAndAChoiceOfDatasource() {
    JsonNode dashboard = OperatorsFiles.dashboard();

    assertThat(dashboard.path("uid").asText()).isEqualTo("wholechart");
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39); // Grafana 11
    assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
  }

  @Test
  void everyAlertSaysHowUrgentItIsAndWhatToDo() {
    List<JsonNode> alerts = OperatorsFiles.rules().stream().filter(r -> r.has("alert")).toList();
    assertThat(alerts).hasSizeGreaterThan(10);
    assertThat(alerts).extracting(alert -> alert.path("alert").asText()).doesNotHaveDuplicates();

    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      assertThat(name).startsWith("Wholechart"); // the dashboard counts them by this
      assertThat(alert.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
      for (String annotation : List.of("summary", "description", "runbook")) {
        assertThat(alert.path("annotations").path(annotation).asText())
            .as(name + " " + annotation)
            .hasSizeGreaterThan(20);
      }
    }
  }

  @Test
  void everyAlertHasAUnitTestThatFiresIt() throws IOException {
    String tests = Files.readString(OperatorsFiles.PROMETHEUS.resolve("rules_test.yml"));

    assertThat(OperatorsFiles.rules())
        .filteredOn(rule -> rule.has("alert"))
        .extracting(rule -> rule.path("alert").asText())
        .allSatisfy(
            alert -> assertThat(tests).containsPattern("alertname: " + alert + "\\s+exp_alerts:"));
  }

  @Test
  void prometheusAsksTheAdminSocketOfTheDefaultConfiguration() {
    JsonNode admin = OperatorsFiles.yaml(Path.of("config/wholechart.yaml")).path("admin");
    JsonNode job =
        OperatorsFiles.yaml(OperatorsFiles.PROMETHEUS.resolve("prometheus.yml"))
            .at("/scrape_configs/0");

    assertThat(job.path("job_name").asText()).isEqualTo("wholechart");
    assertThat(job.path("metrics_path").asText()).isEqualTo("/observe/metrics");
    assertThat(job.at("/static_configs/0/targets/0").asText())
        .isEqualTo(admin.path("host").asText() + ":" + admin.path("port").asText());
  }

  @Test
  void grafanaIsProvisionedWithAPrometheusAndTheFolderOfTheDashboard() {
    Path provisioning = OperatorsFiles.GRAFANA.resolve("provisioning");
    JsonNode datasource =
        OperatorsFiles.yaml(provisioning.resolve("datasources/prometheus.yaml"))
            .at("/datasources/0");
    JsonNode provider =
        OperatorsFiles.yaml(provisioning.resolve("dashboards/wholechart.yaml")).at("/providers/0");

    assertThat(datasource.path("type").asText()).isEqualTo("prometheus");
    assertThat(provider.path("type").asText()).isEqualTo("file");
    assertThat(provider.at("/options/path").asText()).endsWith("/config/grafana/dashboards");
  }

  @Test
  void promtoolAcceptsTheConfigurationAndItsTestsPass() throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool"))),
        "promtool is not on the PATH: the rules' unit tests were not run");

    promtool("check", "config", "prometheus.yml");
    promtool("test", "rules", "rules_test.yml");
  }

  private static void promtool(String... arguments) throws Exception {
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command)
            .directory(OperatorsFiles.PROMETHEUS.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static String without(String metric, String scrape) {
    return scrape
        .lines()
        .filter(line -> !line.startsWith(metric))
        .reduce("", (all, line) -> all + line + "\n");
  }

  /** The pause of a collection is reported a moment after it. */
  private static String scrapeAfterACollection() {
    try (var metrics = RecordedMetrics.open()) {
      System.gc();
      return await()
          .until(
              () -> metrics.scrape("text/plain; version=0.0.4"),
              scrape -> scrape.contains("jvm_gc_pause_seconds_max"));
    }
  }
}
