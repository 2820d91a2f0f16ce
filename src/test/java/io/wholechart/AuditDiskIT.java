package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of the audit log that is full, or has become read-only, under load: who is answered in
 * each state, and that the log goes on without a restart and then tells of everybody who was. It
 * writes what was seen to {@code target/audit-disk.txt}.
 */
@Tag("audit-disk")
class AuditDiskIT {
  private static final Path TABLE = Path.of("target/audit-disk.txt");
  private static final int MEBIBYTES = 24;
  private static final Duration RECOVERS = Duration.ofSeconds(20);
  private static final String NORMAL = "/patients/p-1001";
  private static final String EMERGENCY = "/patients/p-1001?urgency=emergency";

  @TempDir Path folder;

  private final StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
  private final List<String> table = new ArrayList<>();
  private SmallDisk disk;
  private SmallDisk other;
  private Path directory;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.inFile(folder.resolve("log"), MEBIBYTES);
    other = SmallDisk.inFile(folder.resolve("other"), MEBIBYTES);
    directory = Files.createDirectories(disk.path().resolve("audit"));
    // What the service says is not to be lost with the disk.
    Files.createSymbolicLink(directory.resolve("service.log"), folder.resolve("service.log"));
  }

  @AfterEach
  void unmount() throws IOException {
    disk.close();
    other.close();
    hospital.close();
    table.forEach(System.out::println);
    Files.createDirectories(TABLE.getParent());
    Files.write(
        TABLE,
        table,
        StandardCharsets.UTF_8,
        java.nio.file.StandardOpenOption.CREATE,
        java.nio.file.StandardOpenOption.APPEND);
  }

  @Test
  void withASpoolEmergenciesGoOnAndAreInTheLogAfterwards() throws Exception {
    List<String> spool =
        new ArrayList<>(Distribution.set("audit.spool.file", other.path().resolve("spool")));
    spool.addAll(Distribution.set("audit.spool.size", "8MiB"));
    // And a sink that is down all the while, which nobody is to feel.
    spool.addAll(Distribution.set("audit.sinks.kafka.bootstrapServers", "127.0.0.1:1"));
    spool.addAll(Distribution.set("audit.sinks.kafka.topic", "audit"));
    int unkept;
    int refused;
    try (var service = ServiceProcess.start(directory, Distribution.sources(hospital::url), spool);
        var load = new Traffic(service.port())) {
      var caller = new Caller(service.port());
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 200);
      row("journal fine, its sink down", caller, service, 200, 200, "", 200);

      disk.fill();
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 503);
      row("log's disk full, spool fine", caller, service, 503, 200, "spooled", 200);
      disk.free();
      recovered("space again", caller, service);

      disk.failReadOnly();
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 503);
      row("log's disk read-only, spool fine", caller, service, 503, 200, "spooled", 200);
      disk.mend();
      recovered("writable again", caller, service);
      unkept = end(service, load);
      refused = load.refused.get();
    }
    // Who was counted before the answer failed for another reason is told of as well.
    everybodyIsInTheLog(unkept, unkept + refused);
  }

  @Test
  void withoutOneEmergenciesAreBoundedAndCounted() throws Exception {
    int unkept = 0;
    try (var service = ServiceProcess.start(directory, Distribution.sources(hospital::url))) {
      var caller = new Caller(service.port());
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 200);
      row("journal fine, no spool", caller, service, 200, 200, "", 200);
      disk.fill();
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 503);
      unkept += row("log's disk full, no spool", caller, service, 503, 200, "volatile", 200);
      Answered answered = caller.get(EMERGENCY);
      while (answered.status() == 200 && unkept < 1000) {
        assertThat(answered.header("Audit-Assurance")).isEqualTo("volatile");
        unkept++;
        answered = caller.get(EMERGENCY);
      }
      assertThat(unkept).isEqualTo(100);
      row("and after %d emergencies".formatted(unkept), caller, service, 503, 503, "", 503);
      disk.free();
      recovered("space again", caller, service);
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
    }
    everybodyIsInTheLog(unkept, unkept);
  }

  @Test
  void whereThePolicyIsToDenyNobodyIsAnswered() throws Exception {
    List<String> deny = Distribution.set("audit.emergencyPolicy", "deny");
    try (var service = ServiceProcess.start(directory, Distribution.sources(hospital::url), deny)) {
      var caller = new Caller(service.port());
      disk.fill();
      await().atMost(RECOVERS).until(() -> caller.get(NORMAL).status() == 503);
      row("log's disk full, policy deny", caller, service, 503, 503, "", 503);
      disk.free();
      recovered("space again", caller, service);
      service.terminate();
      assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
    }
    everybodyIsInTheLog(0, 0);
  }

  private final Set<String> answered = new HashSet<>();
  private int given;

  /** One row; how many emergencies were answered that no disk keeps a record of. */
  private int row(
      String state,
      Caller caller,
      ServiceProcess service,
      int normal,
      int emergency,
      String assurance,
      int readiness)
      throws Exception {
    Answered one = caller.get(NORMAL);
    Answered urgent = caller.get(EMERGENCY);
    int ready = service.readiness();
    table.add(
        "%-36s normal %d  emergency %d %-9s ready %d"
            .formatted(
                state, one.status(), urgent.status(), urgent.header("Audit-Assurance"), ready));
    assertThat(one.status()).as(state).isEqualTo(normal);
    assertThat(urgent.status()).as(state).isEqualTo(emergency);
    assertThat(urgent.header("Audit-Assurance")).as(state).isEqualTo(assurance);
    assertThat(ready).as(state).isEqualTo(readiness);
    if (one.status() == 200) {
      given(one);
    }
    if (urgent.status() == 200 && !assurance.equals("volatile")) {
      given(urgent);
    }
    return assurance.equals("volatile") ? 1 : 0;
  }

  private void given(Answered one) {
    answered.add(one.requestId());
    given++;
  }

  private void recovered(String what, Caller caller, ServiceProcess service) throws Exception {
    long began = System.nanoTime();
    await()
        .atMost(RECOVERS)
        .until(() -> {
          Answered one = caller.get(NORMAL);
          if (one.status() == 200) {
            given(one);
          }
          return one.status() == 200;
        });
    table.add(
        "%-36s normal 200 again after %d ms, without a restart"
            .formatted(what, (System.nanoTime() - began) / 1_000_000));
    Answered urgent = caller.get(EMERGENCY);
    assertThat(urgent.header("Audit-Assurance")).isEmpty();
    assertThat(urgent.header("X-Audit-Receipt")).isNotEmpty();
    given(urgent);
    assertThat(service.readiness()).isEqualTo(200);
  }

  /** Ends both; how many emergencies were answered that no disk keeps a record of. */
  private int end(ServiceProcess service, Traffic load) throws Exception {
    load.stop();
    answered.addAll(load.answered);
    given += load.answered.size();
    // What was spooled last is copied within a second or two.
    Journal journal = new Journal(directory);
    await()
        .atMost(RECOVERS)
        .untilAsserted(() -> assertThat(ids(journal.records())).containsAll(answered));
    service.terminate();
    assertThat(service.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
    table.add(
        "%-36s %d answered, %d of them volatile, %d refused"
            .formatted(
                "load meanwhile",
                load.answered.size() + load.unkept.get(),
                load.unkept.get(),
                load.refused.get()));
    assertThat(load.answered).isNotEmpty();
    assertThat(load.refused.get()).isPositive();
    return load.unkept.get();
  }

  private void everybodyIsInTheLog(int least, int most) throws Exception {
    var journal = new Journal(directory);
    List<JsonNode> records = journal.records();
    List<String> ids = records.stream().map(r -> r.path("requestId").asText()).toList();
    long lost = answered.stream().filter(id -> !ids.contains(id)).count();
    long twice = ids.size() - new HashSet<>(ids).size();
    int told = journal.records("gap").stream().mapToInt(g -> g.path("count").asInt()).sum();
    Distribution.Ended verified =
        Distribution.run("audit", "verify", "--dir", directory.toString());
    int exit = verified.exitCode();
    table.add(
        "%-36s %d given, %d lost, %d twice, %d told of as a gap; audit verify %d"
            .formatted("in the log", given, lost, twice, told, exit));
    table.add("");
    assertThat(lost).isZero();
    assertThat(twice).isZero();
    assertThat(told).isBetween(least, most);
    assertThat(exit).as(verified.toString()).isZero();
  }

  private static Set<String> ids(List<JsonNode> records) {
    Set<String> ids = new HashSet<>();
    records.forEach(record -> ids.add(record.path("requestId").asText()));
    return ids;
  }

  /** Four callers who ask all the time, every second time in an emergency. */
  private static final class Traffic implements AutoCloseable {
    final ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger unkept = new AtomicInteger();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean isOver;

    Traffic(int port) {
      for (int i = 0; i < 4; i++) {
        callers.add(Thread.ofVirtual().start(() -> run(new Caller(port))));
      }
    }

    private void run(Caller caller) {
      for (int turn = 0; !isOver; turn++) {
        try {
          Answered one = caller.get(turn % 2 == 0 ? NORMAL : EMERGENCY);
          if (one.header("Audit-Assurance").equals("volatile")) {
            unkept.incrementAndGet(); // a disk that took longer than an emergency waits
          } else if (one.status() == 200) {
            answered.add(one.requestId());
          } else {
            refused.incrementAndGet();
          }
        } catch (IOException e) {
          refused.incrementAndGet();
        } catch (InterruptedException e) {
          return;
        }
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }

    void stop() throws InterruptedException {
      isOver = true;
      for (Thread caller : callers) {
        caller.join();
      }
    }

    @Override
    public void close() {
      isOver = true;
      callers.forEach(Thread::interrupt);
    }
  }
}
