package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.Caller.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The socket of operators and orchestrators. Its sources are all dead, which is none of its
 * business.
 */
class AdminSocketIT {
  @TempDir static Path directory;
  private static Service service;
  private static Caller operator;

  @BeforeAll
  static void start() throws Exception {
    var nowhere = TestSettings.lab("http://127.0.0.1:1");
    service = Service.start(TestSettings.of(directory, Map.of("lab", nowhere)));
    operator = new Caller(service.adminPort());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> operator.get("/observe/health/started").status() == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"started", "live", "ready"})
  void healthIsUpWithoutAskingASource(String kind) throws Exception {
    Answered answered = operator.get("/observe/health/" + kind);

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().path("status").textValue()).isEqualTo("UP");
  }

  @Test
  void metricsComeInTheFormatThatIsAskedFor() throws Exception {
    assertThat(operator.get("/observe/metrics").header("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(
            operator
                .send("GET", "/observe/metrics", "Accept", "application/openmetrics-text")
                .header("Content-Type"))
        .startsWith("application/openmetrics-text; version=1.0.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/patients/p-1001", "/observe", "/observe/health/well"})
  void nothingElseIsThereAndNoneOfItIsAnAccess(String path) throws Exception {
    Answered answered = operator.get(path);

    assertThat(answered.status()).isEqualTo(404);
    assertThat(answered.body()).doesNotContain("p-1001");
    assertThat(new Journal(directory).records()).isEmpty();
  }

  @Test
  void aConnectionThatTheClientWantsClosedIsClosed() throws Exception {
    String request = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    assertThat(operator.sendRaw("GET /observe/health/live" + request)).startsWith("HTTP/1.1 200 ");
    assertThat(operator.sendRaw("HEAD /nothing" + request))
        .startsWith("HTTP/1.1 404 ")
        .endsWith("\r\n\r\n")
        .doesNotContain("{");
  }
}
