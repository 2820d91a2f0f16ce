package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.consent.BreakGlass;
import io.wholechart.denylist.ConsentSettings;
import io.wholechart.denylist.DenyListSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service in front of the {@link LabelledHospital}, for callers who have permits. */
final class SealedService implements AutoCloseable {
  static final String REASON = "ETREAT; unconscious, no kin to ask";

  final LabelledHospital hospital;
  final Service service;
  final Caller caller;
  final Caller operator;
  final Path directory;
  final Path denied;

  private SealedService(LabelledHospital hospital, Service service, Path directory, Path denied) {
    this.hospital = hospital;
    this.service = service;
    this.caller = new Caller(service.port());
    this.operator = new Caller(service.adminPort());
    this.directory = directory;
    this.denied = denied;
  }

  static SealedService start(Path directory, boolean showWithheld) throws IOException {
    return start(directory, showWithheld, Duration.ofMinutes(15));
  }

  static SealedService start(Path directory, boolean showWithheld, Duration lasts)
      throws IOException {
    var hospital = LabelledHospital.start();
    Path denied =
        Files.writeString(
            directory.resolve("denied.csv"), "patient,section\np-2,results\np-3\n", UTF_8);
    Path audit = Files.createDirectory(directory.resolve("audit"));
    var consent =
        new ConsentSettings(
            showWithheld,
            Set.of("HPAYMT"),
            new DenyListSettings(denied, Duration.ofMillis(20)),
            new BreakGlass.Settings(List.of("ETREAT", "THREAT"), lasts));
    var settings = TestSettings.with(consent, TestSettings.of(audit, hospital.sources()));
    try {
      return new SealedService(hospital, Service.start(settings, Permits.ALL), audit, denied);
    } catch (IOException | RuntimeException e) {
      hospital.close();
      throw e;
    }
  }

  Answered get(String who, String path, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + who));
    return caller.send("GET", path, all.toArray(String[]::new));
  }

  Answered breaking(String who, String path, @Nullable String glass) throws Exception {
    return glass == null ? get(who, path) : get(who, path, "X-Break-Glass", glass);
  }

  Answered batch(String who, String patient, String... headers) throws Exception {
    return post(who, "{\"ids\":[\"" + patient + "\"]}", headers);
  }

  Answered emergencyBatch(String who, String patient) throws Exception {
    return post(who, "{\"ids\":[\"" + patient + "\"],\"urgency\":\"emergency\"}");
  }

  private Answered post(String who, String body, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + who));
    return caller.post("/patients/_batch", "application/json", body, all.toArray(String[]::new));
  }

  /** The record of a patient's access that others followed, its further pages. */
  JsonNode lastRecord(String patient, int answers) {
    List<JsonNode> records =
        new Journal(directory)
            .records().stream().filter(r -> r.path("patientId").asText().equals(patient)).toList();
    return records.get(records.size() - answers);
  }

  JsonNode recordOf(Answered answer) {
    return new Journal(directory).of(answer.requestId());
  }

  /** What waits for review, as {@code wholechart audit review} prints it. */
  String reviewQueue() {
    return new AuditCommands(directory).run("review", "--emergency").out();
  }

  @Override
  public void close() throws IOException {
    try (hospital) {
      service.close();
    }
  }
}
