package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.config.Settings;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.http.FhirSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which name the FHIR face calls itself. */
class FhirBaseIT {
  @TempDir Path directory;

  @Test
  void behindAProxyItIsTheConfiguredOne() throws Exception {
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
        var service = Service.start(settings(hospital))) {
      var caller = new Caller(service.port());

      String everything = caller.get("/fhir/Patient/p-1001/$everything?_count=5").body();

      assertThat(everything)
          .contains("\"fullUrl\":\"https://chart.example/r4/Patient/ehr.p-1001\"")
          .contains("\"url\":\"https://chart.example/r4/Patient/p-1001/$everything?_cursor=")
          .doesNotContain("127.0.0.1:" + service.port());
      assertThat(caller.get("/fhir/metadata").json().at("/implementation/url").asText())
          .isEqualTo("https://chart.example/r4");
    }
  }

  @Test
  void whatACallerCallsItIsEchoedOnlyIfItIsAHost() throws Exception {
    try (var service = HospitalService.start(directory)) {
      assertThat(metadata(service, "chart.example:80"))
          .contains("\"http://chart.example:80/fhir\"");
      assertThat(metadata(service, "[::1]:8080")).contains("\"http://[::1]:8080/fhir\"");
      assertThat(metadata(service, "a\"b<c>")).doesNotContain("b<c>");
    }
  }

  private static String metadata(HospitalService service, String host) throws Exception {
    return service.caller.sendRaw(
        "GET /fhir/metadata HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private Settings settings(StubHospital hospital) {
    var fhir =
        new FhirSettings(URI.create("https://chart.example/r4"), Duration.ofMinutes(1), 1 << 20);
    return TestSettings.of(
        directory, TestSettings.hospital(hospital::url), TestSettings.EDGE, fhir);
  }
}
