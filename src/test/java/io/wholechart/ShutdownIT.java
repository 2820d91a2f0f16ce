package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.Distribution.Ended;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: nobody new, but whoever was let in gets an answer, and the answer its record. */
class ShutdownIT {
  /** 128 and the number of SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir Path directory;

  @Test
  void whoeverWasLetInIsAnsweredBeforeTheEnd() throws Exception {
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
        var imaging = new Relay(hospital.url("imaging"));
        var service =
            ServiceProcess.start(
                directory,
                Distribution.sources(s -> s.equals("imaging") ? imaging.url() : hospital.url(s)))) {
      hospital.outage("imaging", Outage.HANG);
      var caller = new Caller(service.port());
      var underWay =
          new FutureTask<>(() ->
              caller.send(
                  "GET",
                  "/patients/p-1001?urgency=urgent",
                  "X-Request-Id",
                  "asked-before-the-end"));
      Thread.ofVirtual().start(underWay);
      await("a source that hangs").until(() -> !imaging.connections().isEmpty());

      service.terminate();

      await("readiness").until(() -> service.readiness() == 503);
      assertThat(underWay.isDone()).as("answered already, so that nothing was shown").isFalse();
      Answered answered = underWay.get();
      assertThat(answered.status()).isEqualTo(200);
      assertThat(answered.json().path("failures"))
          .singleElement()
          .satisfies(failure -> assertThat(failure.path("source").asText()).isEqualTo("imaging"));
      assertThat(answered.json().path("data").path("allergies")).isNotEmpty();
      assertThat(service.exitCode(Duration.ofSeconds(20))).isEqualTo(TERMINATED);
      assertThat(service.log()).doesNotContain(" ERROR ", " WARN ", "Exception");
    }
    Ended verified = Distribution.run("audit", "verify", "--dir", directory.toString());
    assertThat(verified.exitCode()).as(verified.out()).isZero();
    assertThat(verified.out())
        .as("signed for to its end")
        .containsPattern("^whole: (\\d+) records, \\1 of them signed for");
    var journal = new Journal(directory);
    JsonNode record = journal.records().getFirst();
    assertThat(journal.around(record))
        .as("what was begun, what came of it, and how the answer ended")
        .extracting(part -> part.path("kind").asText())
        .hasSize(3)
        .startsWith("intent", "outcome");
    assertThat(record.path("requestId").asText()).isEqualTo("asked-before-the-end");
    assertThat(record.path("httpStatus").asInt()).isEqualTo(200);
  }
}
