package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.conduct.ConductSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of callers who ask too often, for too much, or as nobody. */
class ConductIT {
  private static final int BURST = 5;
  private static final int FLOOD = 1000;
  private static final ConductSettings SETTINGS =
      new ConductSettings(
          new ConductSettings.Rate(1, BURST),
          new ConductSettings.Walk(3, Duration.ofHours(1)),
          new ConductSettings.Emergencies(6, Duration.ofHours(1)));

  @TempDir Path directory;
  private LabelledHospital hospital;
  private Service service;
  private Caller caller;

  @BeforeEach
  void open() throws IOException {
    hospital = LabelledHospital.start();
    var settings = TestSettings.with(SETTINGS, TestSettings.of(directory, hospital.sources()));
    service = Service.start(settings, Permits.ALL);
    caller = new Caller(service.port());
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    hospital.close();
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBackAndOthersAreServed() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    Answered last = null;
    for (int i = 0; i < 2 * BURST && (last == null || last.status() == 200); i++) {
      last = get("nurse", "/patients/p-1");
      statuses.add(last.status());
    }
    assertThat(statuses.subList(0, BURST)).containsOnly(200);
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("Retry-After")).isEqualTo("1");
    assertThat(last.json().path("type").asText()).isEqualTo("urn:wholechart:problem:rate-limited");
    assertThat(get("doctor", "/patients/p-1").status()).isEqualTo(200);
    assertThat(metric("access_rate_limited_total")).isEqualTo("1.0");

    JsonNode record = new Journal(directory).of(last.requestId());
    assertThat(record.at("/agent/name").asText()).isEqualTo("nurse");
    assertThat(record.at("/httpStatus").asInt()).as(record.toString()).isEqualTo(429);
  }

  @Test
  void aBatchCostsWhatItAsksForAndTheFhirFaceSaysThrottled() throws Exception {
    String ids = "{\"ids\":[\"p-1\",\"p-4\",\"p-5\",\"p-6\",\"p-7\",\"p-8\",\"p-9\",\"p-10\"]}";
    Answered batch =
        caller.post("/patients/_batch", "application/json", ids, "Authorization", "Bearer nurse");
    assertThat(batch.status()).isEqualTo(200);
    assertThat(batch.body().lines()).hasSize(8);

    Answered refused = get("nurse", "/fhir/Patient/p-1/$everything");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().at("/issue/0/code").asText()).isEqualTo("throttled");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(2, 5);
  }

  @Test
  void anEmergencyIsNeverToldToWaitAndManyAreAnAlarm() throws Exception {
    for (int i = 0; i < 2 * BURST; i++) {
      assertThat(get("medic", "/patients/p-1?urgency=emergency").status()).isEqualTo(200);
    }
    assertThat(metric("access_alarms_total{alarm=\"emergencies\"}")).isEqualTo("1.0");
  }

  @Test
  void aWalkThroughPatientsIsAnAlarmAndServed() throws Exception {
    for (int i = 1; i <= 3; i++) {
      get("doctor", "/patients/p-1" + i);
    }
    assertThat(metric("access_alarms_total{alarm=\"walk\"}")).isEqualTo("0.0");
    assertThat(get("doctor", "/patients/p-14").status()).isEqualTo(200);
    assertThat(metric("access_alarms_total{alarm=\"walk\"}")).isEqualTo("1.0");
  }

  @Test
  void aFloodOfNobodiesIsRecordedInSummariesThatAddUp() throws Exception {
    var statuses = new ConcurrentLinkedQueue<Integer>();
    List<Thread> nobodies = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      String path = "/patients/secret-" + i;
      nobodies.add(
          Thread.startVirtualThread(() -> {
            try {
              statuses.add(get("forged-token", path).status());
            } catch (Exception e) {
              statuses.add(0);
            }
          }));
    }
    for (Thread each : nobodies) {
      each.join();
    }
    assertThat(statuses).hasSize(FLOOD).containsOnly(401);
    var journal = new Journal(directory);
    int sum = 0;
    for (JsonNode record : journal.records()) {
      assertThat(record.at("/httpStatus").asInt()).isEqualTo(401);
      sum += record.path("requests").asInt(1);
    }
    assertThat(sum).isEqualTo(FLOOD);
    assertThat(journal.records()).hasSizeLessThan(FLOOD / 4);
    assertThat(String.join("\n", journal.lines())).doesNotContain("forged-token", "secret-");
  }

  private Answered get(String who, String path) throws Exception {
    return caller.send("GET", path, "Authorization", "Bearer " + who);
  }

  private String metric(String name) throws Exception {
    return new Caller(service.adminPort())
        .get("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("none");
  }
}
