package io.wholechart.shipping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.util.PSQLState;

/** Connections to PostgreSQL. None waits for ever, and none tells what the database says. */
final class Database {
  private static final String CONNECT_SECONDS = "10";
  private static final String SOCKET_SECONDS = "30";

  private Database() {}

  /**
   * Connects.
   *
   * @param user null for whom the URL names
   * @param passwordFile read anew each time, since passwords are rotated; null where the URL or the
   *     driver's own files have one
   */
  static Connection connect(String url, @Nullable String user, @Nullable Path passwordFile)
      throws SQLException, IOException {
    var properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (passwordFile != null) {
      properties.setProperty("password", Files.readString(passwordFile).strip());
    }
    properties.setProperty("ApplicationName", "wholechart");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", SOCKET_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException(
          "not a URL of PostgreSQL", PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState());
    }
    return connection;
  }

  /** Only the code of what went wrong: the text may quote a row. */
  static String code(SQLException e) {
    return "SQLSTATE " + Objects.requireNonNullElse(e.getSQLState(), "unknown");
  }
}
