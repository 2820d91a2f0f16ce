package io.wholechart;

import io.wholechart.Caller.Answered;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.config.Settings;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** A service in front of a stub hospital of its own, with the default configuration. */
final class HospitalService implements AutoCloseable {
  final StubHospital hospital;
  final Service service;
  final Caller caller;
  final Caller operator;
  final Journal journal;

  private HospitalService(StubHospital hospital, Service service, Path directory) {
    this.hospital = hospital;
    this.service = service;
    this.caller = new Caller(service.port());
    this.operator = new Caller(service.adminPort());
    this.journal = new Journal(directory);
  }

  static HospitalService start(Path directory) throws IOException {
    return start(directory, TestSettings.IDENTITY, Map.of());
  }

  /**
   * Starts one.
   *
   * @param more sources besides the hospital's
   */
  static HospitalService start(
      Path directory, IdentitySettings identity, Map<String, SourceSettings> more)
      throws IOException {
    return start(directory, more, sources -> TestSettings.of(directory, sources, identity));
  }

  /**
   * Starts one.
   *
   * @param directory of its audit log
   * @param settings for these sources
   */
  static HospitalService start(
      Path directory,
      Map<String, SourceSettings> more,
      Function<Map<String, SourceSettings>, Settings> settings)
      throws IOException {
    var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    try {
      var sources = TestSettings.hospital(hospital::url);
      sources.putAll(more);
      return new HospitalService(hospital, Service.start(settings.apply(sources)), directory);
    } catch (IOException | RuntimeException e) {
      hospital.close();
      throw e;
    }
  }

  Answered get(String path) throws IOException, InterruptedException {
    return caller.get(path);
  }

  /** Asks while these sources are ill in this way; then all are well again. */
  Answered getWhile(Outage outage, String path, String... sources)
      throws IOException, InterruptedException {
    for (String source : sources) {
      hospital.outage(source, outage);
    }
    try {
      return get(path);
    } finally {
      hospital.heal();
    }
  }

  @Override
  public void close() throws IOException {
    try (hospital;
        service) {
      operator.get("/observe/metrics"); // for the canary
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
