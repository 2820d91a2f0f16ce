package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.config.Settings;
import io.wholechart.config.SettingsLoader;
import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.hospital.Outage;
import io.wholechart.identity.SuspectRule;
import io.wholechart.metrics.OperatorsFiles;
import io.wholechart.metrics.Scrape;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a service that has had an outage and callers who sent rubbish. */
class OperatorsFilesIT {
  private static final URI NOBODY = URI.create("http://127.0.0.1:1"); // a port that nobody has

  /** Of a service that does not answer, so that what is told of such services is there too. */
  private static final IdentitySettings IDS_ASKED_ELSEWHERE =
      new IdentitySettings(
          SuspectRule.WITHHOLD,
          TestSettings.crosswalk(CrosswalkSettings.Type.PIXM, "urn:oid:1.2.3", null, NOBODY));

  private static final SourceSettings REGISTRY =
      TestSettings.source(
          SourceSettings.Protocol.FHIR,
          NOBODY.toString(),
          null,
          new SourceSettings.Fetch.Everything(),
          Set.of(Section.DOCUMENTS),
          "urn:oid:4.5.6");

  @TempDir static Path directory;
  private static HospitalService running;
  private static String scrape;

  @BeforeAll
  static void scrape() throws Exception {
    running =
        HospitalService.start(directory, Map.of("registry", REGISTRY), OperatorsFilesIT::settings);
    running.get("/patients/p-1001");
    running.getWhile(Outage.DOWN, "/patients/p-1004?require=imaging", "imaging");
    running.getWhile(Outage.WRONG_PATIENT, "/patients/p-1001?urgency=emergency", "lab");
    running.get("/patients/p-1001/results");
    running.get("/p-1001?p-1001=p-1001");
    running.caller.send("p-1001", "/patients/p-1001", "X-Request-Id", "p-1001");
    running.caller.sendRaw("p-1001 /patients/p-1001 p-1001\r\n\r\n");
    scrape = await().until(() -> read("text/plain"), text -> text.contains("_OTHER"));
  }

  /** Shipping to a broker that does not answer, too. */
  private static Settings settings(Map<String, SourceSettings> sources) {
    var audit =
        SettingsLoader.load(
                Path.of("config", "wholechart.yaml"),
                List.of(),
                Map.of(),
                Map.of(
                    "audit.directory",
                    directory.toString(),
                    "audit.signingKey",
                    directory.resolve("keys/audit.pem").toString(),
                    "audit.sinks.kafka.bootstrapServers",
                    "127.0.0.1:1",
                    "audit.sinks.kafka.topic",
                    "audit"))
            .settings()
            .audit();
    return TestSettings.with(audit, TestSettings.of(directory, sources, IDS_ASKED_ELSEWHERE));
  }

  @AfterAll
  static void stop() throws Exception {
    running.close();
  }

  @Test
  void everyMetricAndLabelThatDashboardAndRulesUseIsInAScrapeAfterAnOutage() {
    assertThat(OperatorsFiles.missingFrom(scrape)).isEmpty();
  }

  @Test
  void everySelectorOfDashboardAndRulesFindsASeries() {
    assertThat(OperatorsFiles.selectingNothingFrom(scrape)).isEmpty();
  }

  @Test
  void noLabelHoldsAPatientOrWhatACallerSent() {
    var values = Scrape.of(scrape).labelValues();

    assertThat(values).contains("/patients/{id}", "other", "imaging", "identity-mismatch");
    assertThat(values).noneMatch(value -> value.matches(".*p-\\d+.*"));
    assertThat(scrape).doesNotContain("p-1001", "p-1004", "Ellison");
  }

  @Test
  void theScrapeOfTheOtherFormatHoldsTheSame() throws Exception {
    String openMetrics = read("application/openmetrics-text;version=1.0.0");

    assertThat(openMetrics).endsWith("# EOF\n");
    assertThat(OperatorsFiles.missingFrom(openMetrics)).isEmpty();
  }

  @Test
  void whatWasRefusedWithoutARouteIsCountedToo() {
    assertThat(scrape)
        .contains(
            "http_server_request_duration_seconds_count{http_request_method=\"_OTHER\","
                + "http_response_status_code=\"400\",http_route=\"other\"} 1",
            "http_server_request_duration_seconds_count{http_request_method=\"_OTHER\","
                + "http_response_status_code=\"405\",http_route=\"/patients/{id}\"} 1");
  }

  @Test
  void aRequestThatIsBeingServedIsCountedAsActiveUntilItIsAnswered() throws Exception {
    running.hospital.outage("lab", Outage.HANG);
    var asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                running.get("/patients/p-1001?urgency=emergency");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> read("text/plain").contains("\nhttp_server_active_requests 1.0"));
    running.hospital.heal();
    asking.join();
    await().until(() -> read("text/plain").contains("\nhttp_server_active_requests 0.0"));
  }

  private static String read(String accept) throws Exception {
    var answered = running.operator.send("GET", "/observe/metrics", "Accept", accept);
    assertThat(answered.status()).isEqualTo(200);
    return answered.body();
  }
}
