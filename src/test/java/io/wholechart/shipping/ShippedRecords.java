package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.journal.Appending;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.JournalVerifier;
import io.wholechart.journal.JournalVerifier.Options;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Receipt;
import io.wholechart.journal.Verification;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A journal with records of no meaning, which may be shipped meanwhile. */
final class ShippedRecords implements AutoCloseable {
  static final Instant AT = Instant.parse("2026-03-31T23:59:30Z");

  final Path directory;
  final Journal journal;
  final Metrics metrics = new Metrics(List.of());
  private int count;

  ShippedRecords(Path directory) throws IOException {
    this(directory, "node-1");
  }

  ShippedRecords(Path directory, String node) throws IOException {
    this.directory = directory;
    this.journal =
        Journal.open(
            new JournalSettings(
                directory, node, directory.resolveSibling(node + ".pem"), null, null, 1 << 16),
            new JournalEvents() {});
  }

  /** Appends so many, of a second each, and has them on disk; so the second month begins early. */
  void append(int records) throws InterruptedException {
    List<Appending> under = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String content =
          "\"kind\":\"heartbeat\",\"at\":\"%s\",\"of\":\"%s\",\"number\":%d"
              .formatted(AT.plusSeconds(count), directory.getFileName(), count++);
      under.add(journal.append(content.getBytes(US_ASCII)));
      if (under.size() == 500 || i == records - 1) {
        for (Appending appending : under) {
          assertThat(appending.await(Duration.ofSeconds(10))).isInstanceOf(Receipt.Durable.class);
        }
        under.clear();
      }
    }
  }

  ShippedJournal shipped() {
    return new ShippedJournal(
        directory, ReadKeys.none(), journal::durableSize, journal::checkpointSize);
  }

  Shipping shipTo(SinkSettings sinks) throws IOException {
    return Shipping.start(sinks, shipped(), metrics, java.time.Clock.systemUTC());
  }

  /** The journal, which ends with that and so signs for all of it, held against the store. */
  Verification compared(PostgreSqlServer store) throws IOException {
    journal.close();
    try (var comparison = StoreComparison.open(directory, store.url() + "?user=postgres", null)) {
      return comparison.judge(
          JournalVerifier.verify(directory, Options.standard().heardBy(comparison)));
    }
  }

  long position(String sink) throws IOException {
    return Position.read(Position.file(directory, sink)).seq();
  }

  double metric(String series) {
    return metrics
        .scrape("text/plain; version=0.0.4")
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + series));
  }

  @Override
  public void close() {
    journal.close();
    metrics.close();
  }
}
