package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source in two places, as it is assembled, over sockets. */
class ReplicasOverHttpTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final SourceId ID = new SourceId(null, "p-1");
  private static final String PATIENT =
      "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p-1\"}}";

  private final Metrics metrics = new Metrics(List.of(LONGEST));

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void whereThePrimaryIsGoneTheReplicaAnswersAndThePrimaryIsSoonNotAskedAnyMore() throws Exception {
    try (var replica = new RawServer(RawServer.saying(http(bundle(""))))) {
      PatientSource source = source("http://127.0.0.1:" + freePort(), replica.url("/fhir"));
      for (int i = 0; i < 30; i++) {
        assertThat(status(source)).isEqualTo("ok");
      }

      assertThat(counted("source_failovers_total"))
          .isBetween(20.0, 25.0); // then its breaker is open
      assertThat(metrics.scrape("text/plain"))
          .contains(
              "source_breaker_open{replica=\"0\",source=\"ehr\"} 1.0",
              "source_breaker_open{replica=\"1\",source=\"ehr\"} 0.0");
    }
  }

  @Test
  void furtherPagesComeFromTheReplicaThatGaveTheFirst() throws Exception {
    try (var replica =
        new RawServer((line, out, _) -> {
          String link = "\"link\":[{\"relation\":\"next\",\"url\":\"?page=2\"}],";
          out.write(http(bundle(line.contains("page=2") ? "" : link)).getBytes());
        })) {
      PatientSource source = source("http://127.0.0.1:" + freePort(), replica.url("/fhir"));

      assertThat(status(source)).isEqualTo("ok");
      assertThat(replica.requests)
          .extracting(line -> line.split(" ")[1])
          .containsExactly("/fhir/Patient/p-1/$everything?_count=250", "/fhir/?page=2");
    }
  }

  @Test
  void aPageThatIsLinkedToAServerThatWasNotConfiguredIsNotAsked() throws Exception {
    try (var stranger = new RawServer(RawServer.saying(http(bundle(""))))) {
      String link = "\"link\":[{\"relation\":\"next\",\"url\":\"" + stranger.url("/fhir") + "\"}],";
      try (var primary = new RawServer(RawServer.saying(http(bundle(link))));
          var replica = new RawServer(RawServer.saying(http(bundle(""))))) {
        assertThat(status(source(primary.url("/fhir"), replica.url("/fhir")))).isEqualTo("partial");
        assertThat(stranger.requests).isEmpty();
        assertThat(replica.requests).isEmpty();
      }
    }
  }

  @Test
  void theLoserOfAHedgeIsCutOffDownToItsSocket() throws Exception {
    var isSlow = new boolean[] {false};
    try (var primary =
            new RawServer((_, out, _) -> {
              if (isSlow[0]) {
                return; // hangs
              }
              out.write(http(bundle("")).getBytes());
            });
        var replica = new RawServer(RawServer.saying(http(bundle(""))))) {
      PatientSource source = source(primary.url("/fhir"), replica.url("/fhir"));
      for (int i = 0; i < 100; i++) { // what is usual is known, and hedges are earned
        assertThat(status(source)).isEqualTo("ok");
      }
      assertThat(replica.requests).isEmpty();
      isSlow[0] = true;

      assertThat(status(source, Urgency.EMERGENCY)).isEqualTo("ok");
      assertThat(replica.requests).hasSize(1);
      assertThat(counted("source_hedges_total")).isEqualTo(1);
      await().untilAtomic(primary.open, org.hamcrest.Matchers.is(0));
    }
  }

  @Test
  void aResolverThatHangsEndsWithTheDeadline() throws Exception {
    var mayAnswer = new CountDownLatch(1);
    var names =
        new Names(
            _ -> {
              try {
                mayAnswer.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return InetAddress.getLoopbackAddress();
            },
            System::nanoTime);
    PatientSource source =
        source(new Sources(metrics, LONGEST, InstantSource.system(), names), "http://lab.example");
    var task = new FutureTask<>(() -> run(source, Urgency.NORMAL));
    Thread caller = Thread.ofVirtual().start(task);
    await().until(() -> caller.getState() == Thread.State.WAITING);
    caller.interrupt();

    assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
    mayAnswer.countDown();
  }

  private String status(PatientSource source) throws Exception {
    return status(source, Urgency.NORMAL);
  }

  /** On a virtual thread, as the service asks: its interrupt is what ends a read. */
  private String status(PatientSource source, Urgency urgency) throws Exception {
    var task = new FutureTask<>(() -> run(source, urgency));
    Thread.ofVirtual().start(task);
    return SourceAnswer.of(List.of(task.get())).status();
  }

  private static Ended run(PatientSource source, Urgency urgency) throws InterruptedException {
    Intake intake = Intakes.of("ehr", urgency);
    return new Ended(intake, source.calls(ID).getFirst().run(intake));
  }

  private PatientSource source(String... urls) throws Exception {
    return source(new Sources(metrics, LONGEST, InstantSource.system()), urls);
  }

  private static PatientSource source(Sources sources, String... urls) throws Exception {
    var settings =
        new SourceSettings(
            Protocol.FHIR,
            null,
            List.of(urls).stream().map(URI::create).toList(),
            null,
            new Fetch.Everything(),
            Set.of(Section.RESULTS),
            false,
            null,
            Map.of(),
            null,
            PipelineSettings.CONNECTION,
            10,
            100_000,
            5,
            PipelineSettings.PAYLOAD,
            PipelineSettings.NO_RATE,
            PipelineSettings.BREAKER,
            PipelineSettings.HEDGE);
    return sources.assemble(Map.of("ehr", settings)).getFirst();
  }

  private double counted(String meter) {
    return metrics
        .scrape("text/plain")
        .lines()
        .filter(line -> line.startsWith(meter + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String bundle(String link) {
    return "{\"resourceType\":\"Bundle\"," + link + "\"entry\":[" + PATIENT + "]}";
  }

  private static String http(String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
