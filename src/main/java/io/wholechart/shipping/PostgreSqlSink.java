package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.journal.JournalLine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table in PostgreSQL. A batch is one transaction: its rows are added where their keys are not
 * there yet, and then all of their keys are read back and must have the journal's hashes. So a
 * batch whose commit nobody heard of is simply sent again.
 */
final class PostgreSqlSink implements Sink {
  private static final int MONTHS_AHEAD = 2;
  private static final String INSERT =
      "insert into wholechart_audit.record (node, epoch, seq, kind, at, line, hash)"
          + " values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
  private static final String KEYS =
      "select epoch, seq, hash from wholechart_audit.record"
          + " where node = ? and epoch between ? and ? and seq between ? and ? order by epoch, seq";
  private static final String LAST =
      "select seq from wholechart_audit.record where node = ? order by epoch desc, seq desc limit 1";
  private static final String MAY_CHANGE =
      "select has_table_privilege('wholechart_audit.record', 'update, delete, truncate')";

  private final PostgreSqlSettings settings;
  private final InstantSource clock;
  private final Set<LocalDate> months = new HashSet<>(); // that this connection has made sure of
  private @Nullable Connection connection;
  private boolean isMigrated;

  PostgreSqlSink(PostgreSqlSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public SinkReply connect(String node, Position last) {
    try {
      migrate();
      Connection opened =
          Database.connect(settings.url(), settings.user(), settings.passwordFile());
      connection = opened;
      opened.setAutoCommit(false);
      try (Statement statement = opened.createStatement()) {
        if (!Migration.isCurrent(statement)) {
          return new SinkReply.Failed(
              "its tables are not there; audit.sinks.postgresql.owner makes them");
        }
        if (isTrue(statement, MAY_CHANGE)) {
          return new SinkReply.Failed("its user may change records: only adding is to be granted");
        }
      }
      long held = last(opened, node);
      opened.commit();
      return new SinkReply.Holds(new Position(held, ""));
    } catch (SQLException e) {
      return new SinkReply.Failed(Database.code(e));
    } catch (IOException e) {
      return new SinkReply.Failed("a password's file could not be read");
    }
  }

  @Override
  public SinkReply send(List<JournalLine> batch) {
    Connection open = connection;
    if (open == null) {
      return new SinkReply.Failed("it is not connected");
    }
    try {
      makeMonths(open, batch);
      insert(open, batch);
      @Nullable JournalLine other = differing(open, batch);
      if (other != null) {
        open.rollback();
        return new SinkReply.Differs("record %d".formatted(other.seq()));
      }
      open.commit();
      return new SinkReply.Holds(new Position(batch.getLast().seq(), ""));
    } catch (SQLException e) {
      return new SinkReply.Failed(Database.code(e));
    }
  }

  @Override
  public void disconnect() {
    Connection open = connection;
    connection = null;
    months.clear();
    if (open != null) {
      try {
        open.abort(Runnable::run); // close would talk to a database that may not listen
      } catch (SQLException e) {
        // then the other side notices when the socket times out
      }
    }
  }

  /** Once a process, as soon as the database can be reached. */
  private void migrate() throws SQLException, IOException {
    PostgreSqlSettings.@Nullable Owner owner = settings.owner();
    if (owner != null && !isMigrated) {
      try (Connection opened =
          Database.connect(settings.url(), owner.user(), owner.passwordFile())) {
        Migration.run(opened, settings.user());
      }
      isMigrated = true;
    }
  }

  /** The months of these records, and the next ones, which so are there when midnight comes. */
  private void makeMonths(Connection open, List<JournalLine> batch) throws SQLException {
    Set<LocalDate> wanted = new TreeSet<>();
    for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
      wanted.add(month(clock.instant()).plusMonths(ahead));
    }
    for (JournalLine line : batch) {
      wanted.add(month(RecordHead.of(line.content()).at()));
    }
    wanted.removeAll(months);
    if (wanted.isEmpty()) {
      return;
    }
    try (PreparedStatement make = open.prepareStatement("select wholechart_audit.make_month(?)")) {
      for (LocalDate month : wanted) {
        make.setObject(1, month);
        make.execute();
      }
    }
    open.commit(); // its lock is not to be held while rows are added
    months.addAll(wanted);
  }

  private static void insert(Connection open, List<JournalLine> batch) throws SQLException {
    try (PreparedStatement insert = open.prepareStatement(INSERT)) {
      for (JournalLine line : batch) {
        RecordHead head = RecordHead.of(line.content());
        insert.setString(1, line.node());
        insert.setInt(2, line.epoch());
        insert.setLong(3, line.seq());
        insert.setString(4, head.kind());
        insert.setObject(5, head.at().atOffset(ZoneOffset.UTC));
        insert.setString(6, new String(line.raw(), US_ASCII));
        insert.setBytes(7, line.hash());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The first record that the table does not hold, or not once, or not as it is. */
  private static @Nullable JournalLine differing(Connection open, List<JournalLine> batch)
      throws SQLException {
    JournalLine first = batch.getFirst();
    JournalLine last = batch.getLast();
    try (PreparedStatement keys = open.prepareStatement(KEYS)) {
      keys.setString(1, first.node());
      keys.setInt(2, first.epoch());
      keys.setInt(3, last.epoch());
      keys.setLong(4, first.seq());
      keys.setLong(5, last.seq());
      try (ResultSet row = keys.executeQuery()) {
        for (JournalLine line : batch) {
          if (!row.next()
              || row.getInt(1) != line.epoch()
              || row.getLong(2) != line.seq()
              || !Arrays.equals(row.getBytes(3), line.hash())) {
            return line;
          }
        }
        return row.next() ? last : null;
      }
    }
  }

  private static long last(Connection open, String node) throws SQLException {
    try (PreparedStatement last = open.prepareStatement(LAST)) {
      last.setString(1, node);
      try (ResultSet row = last.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static boolean isTrue(Statement statement, String question) throws SQLException {
    try (ResultSet answer = statement.executeQuery(question)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  private static LocalDate month(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
  }
}
