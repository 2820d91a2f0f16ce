package io.wholechart.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.journal.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way to a real PostgreSQL. */
class PostgreSqlShippingIT {
  private static final String FAILURES = "audit_shipping_failures_total{sink=\"postgresql\"}";
  private static final String DIFFERENCES = "audit_shipping_differences_total{sink=\"postgresql\"}";
  private static final String AGE = "audit_shipping_oldest_age_seconds{sink=\"postgresql\"}";

  @TempDir static Path home;
  private static PostgreSqlServer store;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException, SQLException {
    store = PostgreSqlServer.start(home);
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }

  @AfterEach
  void empty() throws SQLException {
    store.execute("drop schema if exists wholechart_audit cascade");
  }

  @Test
  void everyRecordIsThereOnceInOrderAndInItsMonth() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(1200);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
        records.append(10);
        awaitShipped(records);
        await().until(() -> records.metric(AGE) == 0);
      }
      assertThat(stored()).isEqualTo(upTo(records.journal.durableSize()));
      assertThat(records.compared(store)).isInstanceOf(Verification.Whole.class);
      assertThat(
              store.query(
                  "select tableoid::regclass || ' ' || count(*) from wholechart_audit.record"
                      + " where kind = 'heartbeat' group by tableoid order by 1"))
          .containsExactly(
              "wholechart_audit.record_2026_03 30", "wholechart_audit.record_2026_04 1180");
      assertThat(
              store.query(
                  "select pg_get_constraintdef(oid) from pg_constraint where conrelid ="
                      + " 'wholechart_audit.record_2026_03'::regclass and contype = 'p'"))
          .containsExactly("PRIMARY KEY (node, epoch, seq)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update wholechart_audit.record set line = replace(line, 'beat', 'beet') where seq = 37"
            + " | record 37 in the store is not the journal's",
        "update wholechart_audit.record set at = at + interval '1 microsecond' where seq = 37"
            + " | record 37 in the store is not the journal's",
        "update wholechart_audit.record set kind = '' where seq = 37"
            + " | record 37 in the store is not the journal's",
        "delete from wholechart_audit.record where seq = 37"
            + " | the store holds record 38, but not record 37",
        "delete from wholechart_audit.record where seq > 90 | the store no longer holds record 91",
        "insert into wholechart_audit.record select node, epoch, 5000, kind, at, line, hash"
            + " from wholechart_audit.record where seq = 37"
            + " | the store holds record 5000, but not record 102",
        "insert into wholechart_audit.record select node, epoch, seq, kind,"
            + " at + interval '1 month', line, hash from wholechart_audit.record where seq = 37"
            + " | the store holds record 37 twice"
      })
  void whatTheSuperuserChangesIsFound(String change, String found) throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(100);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
      store.execute("select wholechart_audit.make_month('2026-04-01'::date)");
      store.execute("select wholechart_audit.make_month('2026-05-01'::date)");
      assertThat(records.compared(store).describe()).startsWith("whole:");
      assertThat(store.execute(change)).isPositive();
      Verification verification = records.compared(store);
      assertThat(verification.exitCode()).isEqualTo(7);
      assertThat(verification.describe()).contains(found);
    }
  }

  @Test
  void whatIsOnlyNotShippedYetIsNoDifference() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(100);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
      records.append(5);
      assertThat(records.compared(store).describe()).startsWith("whole:");
    }
  }

  @Test
  void aLostPositionBringsNothingTwice() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(700);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
      Files.delete(Position.file(records.directory, "postgresql"));
      records.append(700);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
      assertThat(stored()).isEqualTo(upTo(records.journal.durableSize()));
    }
  }

  @Test
  void aKilledDatabaseGetsTheRestWhenItIsBack() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"));
        var _ = records.shipTo(sinks())) {
      records.append(600);
      awaitShipped(records);
      store.kill();
      records.append(2000);
      await().atMost(Duration.ofSeconds(20)).until(() -> records.metric(FAILURES) > 0);
      assertThat(records.metric(AGE)).isPositive();
      store.startAgain();
      awaitShipped(records);
      assertThat(stored()).isEqualTo(upTo(records.journal.durableSize()));
      assertThat(records.compared(store).describe()).startsWith("whole:");
    }
  }

  @Test
  void anotherLogOfTheSameNodeAddsNothingAndAlarms() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(100);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
    }
    List<String> before = stored();
    try (var other = new ShippedRecords(directory.resolve("other"), "node-1")) {
      other.append(300);
      try (var _ = other.shipTo(sinks())) {
        await().atMost(Duration.ofSeconds(20)).until(() -> other.metric(DIFFERENCES) > 0);
      }
      assertThat(stored()).isEqualTo(before);
      assertThat(other.compared(store).exitCode()).isEqualTo(7);
    }
  }

  @Test
  void whoAddsCanNeitherChangeNorReadWhatIsThere() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(10);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
      }
    }
    for (String sql :
        List.of(
            "update wholechart_audit.record set kind = ''",
            "delete from wholechart_audit.record",
            "truncate wholechart_audit.record",
            "drop table wholechart_audit.record",
            "select line from wholechart_audit.record")) {
      assertThatThrownBy(
              () -> {
                try (Connection writer =
                        DriverManager.getConnection(store.url(), "audit_writer", "secret");
                    var statement = writer.createStatement()) {
                  statement.execute(sql);
                }
              })
          .as(sql)
          .isInstanceOf(SQLException.class)
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42501");
    }
  }

  @Test
  void aUserWhoCouldChangeRecordsIsRefused() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(10);
      try (Connection owner = DriverManager.getConnection(store.url(), "audit_owner", "secret")) {
        Migration.run(owner, "audit_writer");
      }
      store.execute("grant update on wholechart_audit.record to audit_writer");
      try (var _ = records.shipTo(sinks())) {
        await().until(() -> records.metric(FAILURES) > 0);
      }
      assertThat(stored()).isEmpty();
    }
  }

  private static SinkSettings sinks() {
    return new SinkSettings(store.settings(), null);
  }

  private static void awaitShipped(ShippedRecords records) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> records.position("postgresql") == records.journal.durableSize());
  }

  private static List<String> stored() throws SQLException {
    return store.query("select seq from wholechart_audit.record order by at, seq");
  }

  private static List<String> upTo(long last) {
    return LongStream.rangeClosed(1, last).mapToObj(Long::toString).toList();
  }
}
