package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings the tables to the version that this build writes to, and lets the adding role add. A few
 * numbered files, each run once; a migration tool would be larger than all of shipping.
 */
final class Migration {
  /** In order, and never changed once they were released. */
  private static final List<String> FILES = List.of("V1__records.sql");

  private Migration() {}

  /** Run by the owner; several nodes may start at the same time. */
  static void run(Connection owner, String writer) throws SQLException, IOException {
    owner.setAutoCommit(false);
    try (Statement statement = owner.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(hashtext('wholechart_audit'))");
      statement.execute("create schema if not exists wholechart_audit");
      statement.execute(
          "create table if not exists wholechart_audit.migration"
              + " (version integer primary key, file text not null,"
              + " at timestamptz not null default now())");
      for (int version = version(statement) + 1; version <= FILES.size(); version++) {
        String file = FILES.get(version - 1);
        statement.execute(text(file));
        statement.execute(
            "insert into wholechart_audit.migration values (%d, '%s')".formatted(version, file));
      }
      grant(statement, '"' + writer + '"');
    }
    owner.commit();
  }

  /** Whether the tables are there in this build's version, or a later one. */
  static boolean isCurrent(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("select to_regclass('wholechart_audit.migration') is not null")) {
      if (!found.next() || !found.getBoolean(1)) {
        return false;
      }
    }
    return version(statement) >= FILES.size();
  }

  /** Adding, and reading back the keys and hashes of what is there, but not what it says. */
  private static void grant(Statement statement, String writer) throws SQLException {
    for (String right :
        List.of(
            "usage on schema wholechart_audit",
            "select on wholechart_audit.migration",
            "insert on wholechart_audit.record",
            "select (node, epoch, seq, hash) on wholechart_audit.record",
            "execute on function wholechart_audit.make_month(date)")) {
      statement.execute("grant " + right + " to " + writer);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet version =
        statement.executeQuery(
            "select coalesce(max(version), 0) from wholechart_audit.migration")) {
      version.next();
      return version.getInt(1);
    }
  }

  private static String text(String file) throws IOException {
    try (InputStream in = Migration.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("this build has no " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
