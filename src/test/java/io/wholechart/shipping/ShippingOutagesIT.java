package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.journal.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL and Kafka, each stopped for thirty seconds and killed once while records are written
 * at a thousand a second: what is in them afterwards is the journal, and the journal felt nothing.
 */
@Tag("audit-ship")
class ShippingOutagesIT {
  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final Duration CAUGHT_UP = Duration.ofSeconds(90);
  private static final int TICK_MS = 50;
  private static final int RECORDS_A_TICK = 50;
  private static final String TOPIC = "audit";
  private static final String ROW = "%-28s %10s %14s %14s %14s";

  private final List<String> table = new ArrayList<>();
  private final AtomicLong slowestMs = new AtomicLong();

  @TempDir Path directory;

  /** Something that is done to a system. */
  private interface Harm {
    void run() throws Exception;
  }

  @Test
  void nothingIsLostNothingIsThereTwiceAndTheOrderIsKept() throws Exception {
    table.add(ROW.formatted("", "records", "behind, most", "caught up, s", "append, most ms"));
    try (var store = PostgreSqlServer.start(directory.resolve("postgresql"));
        var broker = KafkaBroker.start(directory.resolve("kafka"));
        var records = new ShippedRecords(directory.resolve("log"))) {
      broker.makeTopic(TOPIC);
      try (var _ = records.shipTo(new SinkSettings(store.settings(), broker.settings(TOPIC)))) {
        underLoad(records, store, broker);
        awaitShipped(records, "postgresql", records.journal.durableSize());
        awaitShipped(records, "kafka", records.journal.durableSize());
      }
      compare(records, store, broker);
    } finally {
      table.forEach(System.out::println);
      Files.write(Path.of("target/audit-ship.txt"), table, US_ASCII);
    }
  }

  private void underLoad(ShippedRecords records, PostgreSqlServer store, KafkaBroker broker)
      throws Exception {
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      ScheduledFuture<?> load =
          clock.scheduleAtFixedRate(() -> append(records), 0, TICK_MS, TimeUnit.MILLISECONDS);
      harm(
          "PostgreSQL stopped for 30 s",
          "postgresql",
          records,
          store::stop,
          OUTAGE,
          store::startAgain);
      harm("Kafka stopped for 30 s", "kafka", records, broker::stop, OUTAGE, broker::startAgain);
      harm(
          "PostgreSQL killed",
          "postgresql",
          records,
          store::kill,
          Duration.ZERO,
          store::startAgain);
      harm("Kafka killed", "kafka", records, broker::kill, Duration.ZERO, broker::startAgain);
      assertThat(load.state()).as("the load").isEqualTo(ScheduledFuture.State.RUNNING);
      load.cancel(false);
    }
  }

  private void append(ShippedRecords records) {
    long began = System.nanoTime();
    try {
      records.append(RECORDS_A_TICK); // fails where one did not get to the disk
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    slowestMs.accumulateAndGet((System.nanoTime() - began) / 1_000_000, Math::max);
  }

  private void harm(
      String what, String sink, ShippedRecords records, Harm down, Duration outage, Harm up)
      throws Exception {
    awaitShipped(records, sink, records.journal.durableSize());
    slowestMs.set(0);
    down.run();
    long later = records.journal.durableSize() + outage.toMillis() / TICK_MS * RECORDS_A_TICK;
    await()
        .atMost(outage.multipliedBy(2).plusSeconds(20))
        .until(() -> records.journal.durableSize() >= later);
    up.run();
    long due = records.journal.durableSize();
    long behind = due - records.position(sink);
    long began = System.nanoTime();
    awaitShipped(records, sink, due);
    double seconds = (System.nanoTime() - began) / 1e9;
    table.add(ROW.formatted(what, due, behind, "%.1f".formatted(seconds), slowestMs.get()));
  }

  private static void awaitShipped(ShippedRecords records, String sink, long seq) {
    await(sink).atMost(CAUGHT_UP).until(() -> records.position(sink) >= seq);
  }

  private void compare(ShippedRecords records, PostgreSqlServer store, KafkaBroker broker)
      throws Exception {
    List<Long> all = LongStream.rangeClosed(1, records.journal.durableSize()).boxed().toList();
    List<Long> rows =
        store.query("select seq from wholechart_audit.record order by at, seq").stream()
            .map(Long::valueOf)
            .toList();
    List<Long> messages =
        broker.read(TOPIC, "node-1").stream()
            .map(record -> new String(record.headers().lastHeader("seq").value(), US_ASCII))
            .map(Long::valueOf)
            .toList();
    table.add("");
    table.add("%-12s %10s %10s %10s  %s".formatted("", "records", "lost", "twice", "in order"));
    compare("PostgreSQL", all, rows);
    compare("Kafka", all, messages);
    Verification whole = records.compared(store);
    table.add("verify --store: %d, %s".formatted(whole.exitCode(), whole.describe()));
    int changed =
        store.execute(
            "update wholechart_audit.record set line = replace(line, 'beat', 'beet') where seq = 4711");
    Verification altered = records.compared(store);
    table.add("after a row was changed: %d, %s".formatted(altered.exitCode(), altered.describe()));

    assertThat(rows.equals(all)).as("PostgreSQL holds the journal").isTrue();
    assertThat(messages.equals(all)).as("Kafka holds the journal").isTrue();
    assertThat(whole.exitCode()).isZero();
    assertThat(changed).isOne();
    assertThat(altered.exitCode()).isEqualTo(7);
  }

  private void compare(String sink, List<Long> all, List<Long> held) {
    long distinct = held.stream().distinct().count();
    boolean isInOrder = held.equals(held.stream().sorted().toList());
    table.add(
        "%-12s %10d %10d %10d  %s"
            .formatted(
                sink, held.size(), all.size() - distinct, held.size() - distinct, isInOrder));
  }
}
