package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Caller.Answered;
import io.wholechart.Distribution.Ended;
import io.wholechart.admission.AdmissionSettings;
import io.wholechart.config.Settings;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests of every kind to a real service, and the AuditEvents that its log gives of them. */
final class AuditedRequests {
  private static final String[] ALL = {"ehr", "lab", "imaging", "pharmacy"};
  private static final String ONE_ADMITTED = "admission_in_flight{lane=\"normal\"} 1.0";
  private static final String IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  private final HospitalService service;
  private final Map<String, String> asked = new LinkedHashMap<>();

  private AuditedRequests(HospitalService service) {
    this.service = service;
  }

  /**
   * What was asked, and all that the logs tell.
   *
   * @param asked what each request was and how it was answered, by its id
   * @param events AuditEvents, of requests and of the service itself
   */
  record Told(Map<String, String> asked, List<JsonNode> events) {
    /** The event of a request. */
    JsonNode of(String requestId) {
      List<JsonNode> found =
          events.stream().filter(event -> requestId(event).equals(requestId)).toList();
      assertThat(found).as("events of %s, %s", requestId, asked.get(requestId)).hasSize(1);
      return found.getFirst();
    }
  }

  static String requestId(JsonNode event) {
    for (JsonNode entity : event.path("entity")) {
      if (entity.at("/type/code").asText().equals("XrequestId")) {
        return entity.at("/what/identifier/value").asText();
      }
    }
    return "";
  }

  /** Makes the requests, in folders below this one. */
  static Told make(Path folder) throws Exception {
    Path log = folder.resolve("log");
    Map<String, String> asked = new LinkedHashMap<>();
    try (var service = HospitalService.start(log)) {
      var requests = new AuditedRequests(service);
      requests.charts();
      requests.fhir();
      requests.refusals();
      requests.outages();
      requests.audit();
      asked.putAll(requests.asked);
    }
    Path crowded = folder.resolve("crowded");
    asked.put(shed(crowded), "shed");
    List<JsonNode> events = new ArrayList<>(exported(log));
    events.addAll(exported(crowded));
    return new Told(asked, events);
  }

  private void charts() throws Exception {
    for (int patient = 1001; patient <= 1008; patient++) {
      get("/patients/p-" + patient, 200);
    }
    get("/patients/p-1001?urgency=urgent", 200);
    get("/patients/p-1001?urgency=emergency", 200);
    get("/patients/p-1001?require=allergies&minSources=3", 200);
    Answered batch =
        service.caller.post(
            "/patients/_batch", "application/json", "{\"ids\":[\"p-1002\",\"p-9999\"]}");
    assertThat(batch.status()).isEqualTo(200);
    for (String line : batch.body().split("\n")) {
      asked.put(new ObjectMapper().readTree(line).path("requestId").asText(), "a line of a batch");
    }
  }

  private void fhir() throws Exception {
    get("/fhir/metadata", 200);
    get("/fhir/Patient/p-1001", 200);
    get("/fhir/Patient?identifier=p-1001", 200);
    get("/fhir/Patient?identifier=p-9999", 200);
    get("/fhir/Patient/p-1001/$everything", 200);
    get("/fhir/Patient/p-1001/$everything?_type=Patient&_format=xml", 200);
    Answered first = get("/fhir/Patient/p-1001/$everything?_count=10", 200);
    for (JsonNode link : first.json().path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").textValue();
        get(url.substring(url.indexOf("/fhir/")), 200);
      }
    }
    get("/fhir/Patient/p-1001/$summary?urgency=emergency", 200);
    get("/fhir/Patient/p-1002/$summary?profile=" + IPS + "%7C2.0.0", 200);
    keep("POST $everything", service.caller.send("POST", "/fhir/Patient/p-1003/$everything"), 200);
  }

  private void refusals() throws Exception {
    get("/patients/p-9999", 404);
    get("/patients/p_1001", 400);
    get("/patients/p-1001?urgency=high", 400);
    get("/patients/p-1001?urgency=normal&urgency=urgent", 400);
    get("/nothing", 404);
    keep("DELETE", service.caller.send("DELETE", "/patients/p-1001"), 405);
    get("/fhir/Patient/p-9999/$everything", 404);
    get("/fhir/Patient/p-9999/$summary", 404);
    get("/fhir/Patient/p-1001/$everything?_type=x", 400);
    get("/fhir/Patient/p-1001/$everything?_cursor=x", 410);
    get("/fhir/Patient/p-1001/$everything?_format=x", 406);
    get("/fhir/Patient?identifier=", 400);
  }

  private void outages() throws Exception {
    String chart = "/patients/p-1001?urgency=emergency";
    getWhile(Outage.DOWN, chart, 200, "imaging");
    getWhile(Outage.WRONG_PATIENT, chart, 200, "lab");
    getWhile(Outage.GARBAGE, "/fhir/Patient/p-1001/$summary", 200, "pharmacy");
    getWhile(Outage.THROTTLED, "/fhir/Patient/p-1001/$everything", 200, "ehr");
    getWhile(Outage.DOWN, chart, 503, ALL);
    getWhile(Outage.HANG, chart, 504, ALL);
    getWhile(Outage.DOWN, "/patients/p-1001?require=imaging", 503, "imaging");
  }

  private void audit() throws Exception {
    String search = "/fhir/AuditEvent?patient=Patient/p-1001&date=ge2026-01-01&_count=5";
    keep(search, service.operator.get(search), 200);
    String wrong = "/fhir/AuditEvent?date=yesterday";
    keep(wrong, service.operator.get(wrong), 400);
  }

  /** The id of a request that was refused because another had the only place. */
  private static String shed(Path directory) throws Exception {
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
        var service = Service.start(crowded(directory, hospital))) {
      hospital.outage("lab", Outage.SLOW);
      var caller = new Caller(service.port());
      Thread other = Thread.startVirtualThread(() -> ask(caller));
      var operator = new Caller(service.adminPort());
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> operator.get("/observe/metrics").body().contains(ONE_ADMITTED));
      Answered refused = caller.get("/patients/p-1002");
      other.join();
      assertThat(refused.status()).isEqualTo(503);
      return refused.requestId();
    }
  }

  private static void ask(Caller caller) {
    try {
      caller.get("/patients/p-1001");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Settings crowded(Path directory, StubHospital hospital) {
    return TestSettings.with(
        new AdmissionSettings(4, 2, 1, Duration.ofMillis(10), Duration.ofMillis(50)),
        TestSettings.of(directory, TestSettings.hospital(hospital::url)));
  }

  private Answered get(String path, int status) throws Exception {
    return keep(path, service.get(path), status);
  }

  private void getWhile(Outage outage, String path, int status, String... sources)
      throws Exception {
    String what = path + " while " + outage + " of " + String.join(", ", sources);
    keep(what, service.getWhile(outage, path, sources), status);
  }

  private Answered keep(String what, Answered answered, int status) {
    assertThat(answered.status()).as(what).isEqualTo(status);
    asked.put(answered.requestId(), what + ": " + status);
    return answered;
  }

  private static List<JsonNode> exported(Path directory) throws IOException {
    Ended ended = new AuditCommands(directory).run("export", "--format", "fhir");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    List<JsonNode> events = new ArrayList<>();
    for (String line : ended.out().split("\n")) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }
}
