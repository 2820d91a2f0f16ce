package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wholechart.Caller.Answered;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.admission.Admission;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.FaultyJournal;
import io.wholechart.conduct.Conduct;
import io.wholechart.config.Settings;
import io.wholechart.consent.Denials;
import io.wholechart.crosswalk.SameIds;
import io.wholechart.disclosure.EventSearch;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.http.AdminServer;
import io.wholechart.http.ApiServer;
import io.wholechart.http.Health;
import io.wholechart.http.ReadingRules;
import io.wholechart.identity.SuspectRule;
import io.wholechart.journal.ReadKeys;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import io.wholechart.source.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers and operators see when the journal's disk fails or hangs. */
class AuditFailureIT {
  private static StubHospital hospital;

  @TempDir Path directory;

  @BeforeAll
  static void open() {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
  }

  @AfterAll
  static void close() {
    hospital.close();
  }

  @Test
  void whenTheJournalCannotBeWrittenNothingIsAnsweredButThat() throws Exception {
    try (var metrics = new Metrics(TestSettings.DEADLINES::of)) {
      var journal = FaultyJournal.sound(directory, metrics);
      try (var node = Node.start(directory, journal, metrics)) {
        assertThat(node.caller.get("/patients/p-1001").status()).isEqualTo(200);
        assertThat(node.caller.get("/patients/p_1001").status()).isEqualTo(400);
        assertThat(node.operator.get("/observe/health/ready").body()).contains("\"audit\"");
        journal.fail();

        for (String path :
            List.of(
                "/patients/p-1001", "/patients/p-1001?urgency=emergency", "/patients/p_1", "/")) {
          assertUnrecorded(node.caller.get(path));
        }
        assertUnrecorded(node.caller.send("DELETE", "/patients/p-1001"));
        assertThat(node.caller.sendRaw("rubbish\r\n\r\n"))
            .startsWith("HTTP/1.1 503 ")
            .contains("urn:wholechart:problem:audit-unavailable");

        assertThat(node.operator.get("/observe/health/ready").status()).isEqualTo(503);
        assertThat(node.operator.get("/observe/health/live").status()).isBetween(200, 204);
        assertThat(node.operator.get("/observe/metrics").body())
            .contains("audit_failures_total 6.0", "audit_journal_writable 0.0");
      }
    }
  }

  private static void assertUnrecorded(Answered answered) {
    Problems.assertProblem(answered, 503, "audit-unavailable");
    assertThat(answered.header("Retry-After")).isEqualTo("5");
    assertThat(answered.body()).doesNotContain("resourceType", "sources");
  }

  @Test
  void noByteOfAnAnswerLeavesWhileItsRecordIsNotYetOnDisk() throws Exception {
    try (var metrics = new Metrics(TestSettings.DEADLINES::of)) {
      var journal = FaultyJournal.sound(directory, metrics);
      try (var node = Node.start(directory, journal, metrics)) {
        assertThat(node.caller.get("/patients/p-1007").status()).isEqualTo(200);
        journal.hang();
        FutureTask<String> answer = node.ask();
        journal.awaitHang();

        assertThatExceptionOfType(TimeoutException.class)
            .isThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS));
        journal.release();
        assertThat(answer.get()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void whatIsStoppedBeforeItsRecordIsKnownToBeOnDiskIsNotAnsweredAtAll() throws Exception {
    try (var metrics = new Metrics(TestSettings.DEADLINES::of)) {
      var journal = FaultyJournal.hangingSync(1, directory, metrics);
      try (var node = Node.start(directory, journal, metrics)) {
        FutureTask<String> answer = node.ask();
        journal.awaitHang();

        node.api.close();
        assertThat(answer.get()).isEmpty();
        journal.release();
      }
    }
  }

  /** The service as it is built, but for its journal. */
  private record Node(
      FaultyJournal journal, AdminServer admin, ApiServer api, Caller caller, Caller operator)
      implements AutoCloseable {
    static Node start(Path directory, FaultyJournal journal, Metrics metrics) throws Exception {
      Settings settings = TestSettings.of(directory, TestSettings.hospital(hospital::url));
      var clock = Clock.systemUTC();
      var sources =
          new Sources(metrics, settings.deadline().longest(), clock).assemble(settings.sources());
      var health = new Health(journal.log()::keeping);
      health.warm();
      var admin =
          AdminServer.start(
              settings.admin(),
              settings.edge(),
              health,
              metrics,
              journal.log(),
              new EventSearch(directory, ReadKeys.none()),
              new LoopbackAccess(),
              clock);
      var api =
          ApiServer.start(
              settings.server(),
              settings.edge(),
              new LoopbackAccess(),
              new Conduct(settings.conduct()),
              settings.batch(),
              new ReadingRules(
                  TestSettings.CONSENT.policy(Set.of()),
                  () -> Denials.NONE,
                  TestSettings.CONSENT.breakGlass()),
              health,
              EnumSet.allOf(Section.class),
              sources.size(),
              settings.deadline(),
              new Admission(settings.admission(), metrics, System::nanoTime),
              new PatientAggregator(
                  sources, new SameIds(), settings.deadline(), SuspectRule.WITHHOLD, metrics),
              TestSettings.FHIR,
              journal.log(),
              metrics,
              clock,
              Duration.ofSeconds(1));
      return new Node(journal, admin, api, new Caller(api.port()), new Caller(admin.port()));
    }

    FutureTask<String> ask() {
      String request = "GET /patients/p-1007 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      var answer = new FutureTask<>(() -> caller.sendRaw(request));
      Thread.ofVirtual().start(answer);
      return answer;
    }

    @Override
    public void close() {
      api.close();
      journal.log().close();
      admin.close();
    }
  }
}
