package io.wholechart.shipping;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real PostgreSQL that can be stopped, killed and started again on its data, with a role that
 * owns the tables and one that adds records.
 */
public final class PostgreSqlServer implements AutoCloseable {
  private final Path directory;
  private final int port;
  private EmbeddedPostgres running;

  private PostgreSqlServer(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    this.running = launch();
  }

  public static PostgreSqlServer start(Path directory) throws IOException, SQLException {
    Files.createDirectories(directory);
    var server = new PostgreSqlServer(directory, freePort());
    Files.writeString(server.passwordFile(), "secret\n");
    server.execute("create role audit_owner login password 'secret'");
    server.execute("create role audit_writer login password 'secret'");
    server.execute("grant create on database postgres to audit_owner");
    return server;
  }

  private static int freePort() throws IOException {
    try (var free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private EmbeddedPostgres launch() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("data"))
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig(
            "fsync", "on") // not so by default here: a kill took back what was committed
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setPGStartupWait(Duration.ofSeconds(30))
        .start();
  }

  public Path passwordFile() {
    return directory.resolve("password");
  }

  /** Without a user. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  public PostgreSqlSettings settings() {
    return new PostgreSqlSettings(
        url(),
        "audit_writer",
        passwordFile(),
        new PostgreSqlSettings.Owner("audit_owner", passwordFile()));
  }

  /** Runs a statement as the database's superuser; answers how many rows it changed. */
  public int execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return statement.getUpdateCount();
    }
  }

  /** The first column of every row that the superuser gets. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> first = new ArrayList<>();
      while (rows.next()) {
        first.add(rows.getString(1));
      }
      return first;
    }
  }

  public void stop() throws IOException {
    running.close();
  }

  /** SIGKILL to the server, as a crash is. */
  public void kill() throws IOException {
    Path file = directory.resolve("data").resolve("postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(server.descendants().toList());
    server.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    await("the end of PostgreSQL").until(() -> !server.isAlive());
    running
        .close(); // lets go of its lock on the data directory; that nobody is there to stop it logs
  }

  public void startAgain() throws IOException {
    running = launch();
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
