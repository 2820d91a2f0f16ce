package io.wholechart;

import io.wholechart.faults.PatientMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/**
 * A service in this process with the default configuration, but for where its sources are and for
 * deadlines that are shorter, so that hundreds of timeouts can be waited for. No breaker opens:
 * what a source did to the patients before would decide what is said of it.
 */
final class FaultySite implements AutoCloseable {
  private final Service service;
  final Caller caller;
  final Journal journal;

  private FaultySite(Service service, Path audit) {
    this.service = service;
    this.caller = new Caller(service.port());
    this.journal = new Journal(audit);
  }

  /**
   * @param directory an empty one: the audit log goes there, and the settings
   * @param origin where a source is, without the path
   */
  static FaultySite start(
      Path directory, UnaryOperator<String> origin, Duration emergency, Duration normal)
      throws IOException {
    Files.createDirectories(directory);
    Path audit = directory.resolve("audit");
    Path site =
        Files.writeString(
            directory.resolve("site.yaml"),
            """
            server: {port: 0}
            admin: {port: 0}
            deadline: {emergency: %dms, urgent: %dms, normal: %dms}
            audit: {directory: "%s"}
            sourceDefaults: {maxBodyBytes: 2MiB, breaker: {minimumCalls: 10000}}
            sources:
              ehr: {url: "%s/fhir"}
              lab: {url: "%s"}
              imaging: {url: "%s/dicom-web"}
              pharmacy: {url: "%s/fhir"}
            """
                .formatted(
                    emergency.toMillis(),
                    normal.toMillis(),
                    normal.toMillis(),
                    audit,
                    origin.apply("ehr"),
                    origin.apply("lab"),
                    origin.apply("imaging"),
                    origin.apply("pharmacy")));
    ConfigOptions options =
        CommandLine.populateCommand(new ConfigOptions(), "--config", site.toString());
    return new FaultySite(Service.start(options.load().settings()), audit);
  }

  /**
   * Has classes loaded now, ours and the client's, and not within somebody's deadline.
   *
   * @param cutOff one of whom a source says nothing
   */
  void warmUp(PatientMark well, PatientMark cutOff) throws IOException, InterruptedException {
    for (PatientMark patient : List.of(well, cutOff, well)) {
      caller.get("/patients/" + patient.id()).json();
    }
  }

  int port() {
    return service.port();
  }

  @Override
  public void close() throws IOException {
    try (service) {
      new Caller(service.adminPort()).get("/observe/metrics"); // for the canary
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
