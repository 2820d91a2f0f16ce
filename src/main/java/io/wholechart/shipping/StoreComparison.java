package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.journal.JournalVerifier;
import io.wholechart.journal.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds every row of the PostgreSQL store against the journal's line, both read as streams.
 *
 * <p>Rows that are only not there yet are told from rows that were taken away by the position that
 * the shipper keeps beside the log.
 */
public final class StoreComparison implements JournalVerifier.Lines, AutoCloseable {
  private static final int FETCHED = 1000;
  private static final String ROWS =
      "select epoch, seq, kind, at, line, hash from wholechart_audit.record"
          + " where node = ? and seq >= ? order by epoch, seq";

  private final Connection connection;
  private final long confirmed; // what the shipper says that the store holds
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;
  private long
      missingFrom; // the first line of the journal that is not in the store, if there is one
  private long lines;
  private @Nullable String difference;
  private @Nullable String failure;

  private StoreComparison(Connection connection, long confirmed) {
    this.connection = connection;
    this.confirmed = confirmed;
  }

  /**
   * Connects, and keeps to what the store holds now: the journal, which is read afterwards, has all
   * of that.
   *
   * @param url of PostgreSQL's JDBC driver, with a user who may read the records
   * @throws IOException where the store cannot be read; the message says no more than that
   */
  public static StoreComparison open(Path directory, String url, @Nullable Path passwordFile)
      throws IOException {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IOException("--store takes a URL that begins with jdbc:postgresql:");
    }
    long confirmed = Position.read(Position.file(directory, "postgresql")).seq();
    try {
      Connection connection = Database.connect(url, null, passwordFile);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement first = connection.createStatement()) {
        first.execute(
            "select count(*) from wholechart_audit.migration"); // from here on it is kept to
      }
      return new StoreComparison(connection, confirmed);
    } catch (SQLException e) {
      throw new IOException("the store cannot be read: " + Database.code(e));
    }
  }

  @Override
  public void line(long seq, int epoch, byte[] bytes, int from, int to, byte[] hash) {
    if (difference != null || failure != null || missingFrom != 0) {
      return;
    }
    try {
      String line = new String(bytes, from, to - from, US_ASCII);
      ResultSet row = rows == null ? select(node(line), seq) : rows;
      if (!row.next()) {
        missingFrom = seq;
        return;
      }
      difference = difference(row, seq, epoch, line, hash);
      lines = difference == null ? seq : lines;
    } catch (SQLException e) {
      failure = Database.code(e);
    }
  }

  /** What the comparison adds to what was found in the journal itself, which comes first. */
  public Verification judge(Verification journal) {
    if (journal.exitCode() != 0) {
      return journal;
    }
    try {
      if (failure == null
          && difference == null
          && missingFrom == 0
          && rows != null
          && rows.next()) {
        difference =
            "the store holds record %d, which the journal does not".formatted(rows.getLong(2));
      }
    } catch (SQLException e) {
      failure = Database.code(e);
    }
    if (failure != null) {
      return new Verification.Unreadable("the store could not be read to its end: " + failure);
    }
    if (difference == null && missingFrom != 0 && missingFrom <= Math.max(1, confirmed)) {
      difference = "the store no longer holds record " + missingFrom;
    }
    return difference == null ? journal : new Verification.StoreDiffers(lines, difference);
  }

  /** How many of the journal's records the store does not hold yet, in words; empty for none. */
  public String lag() {
    return missingFrom == 0
        ? ""
        : "the store does not hold record %d and later ones yet".formatted(missingFrom);
  }

  private static @Nullable String difference(
      ResultSet row, long seq, int epoch, String line, byte[] hash) throws SQLException {
    long stored = row.getLong(2);
    if (stored > seq) {
      return "the store holds record %d, but not record %d".formatted(stored, seq);
    }
    if (stored < seq) {
      return "the store holds record %d twice".formatted(stored);
    }
    RecordHead head = RecordHead.of(content(line));
    boolean isSame =
        row.getInt(1) == epoch
            && head.kind().equals(row.getString(3))
            && head.at().equals(row.getObject(4, OffsetDateTime.class).toInstant())
            && line.equals(row.getString(5))
            && Arrays.equals(hash, row.getBytes(6));
    return isSame ? null : "record %d in the store is not the journal's".formatted(seq);
  }

  private ResultSet select(String node, long seq) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(ROWS);
    statement = prepared;
    prepared.setFetchSize(FETCHED);
    prepared.setString(1, node);
    prepared.setLong(2, seq);
    ResultSet selected = prepared.executeQuery();
    rows = selected;
    return selected;
  }

  private static String node(String line) {
    int from = line.indexOf("\"node\":\"") + "\"node\":\"".length();
    return line.substring(from, line.indexOf('"', from));
  }

  private static byte[] content(String line) {
    return line.substring(Math.max(0, line.indexOf("\"kind\":\""))).getBytes(US_ASCII);
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw new IOException("the store was not closed: " + Database.code(e));
    }
  }
}
