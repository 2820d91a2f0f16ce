package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.canary.Canary;
import io.wholechart.canary.Canary.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code wholechart serve} as a process of its own, on free ports. */
final class ServiceProcess implements AutoCloseable {
  private static final Pattern PORTS =
      Pattern.compile("listens on port (\\d+), health and metrics on port (\\d+)");
  private static final Pattern HEAP =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\",.*} (\\S+)$");
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final int port;
  private final Caller admin;

  private ServiceProcess(Process process, Path log, Matcher ports) {
    this.process = process;
    this.log = log;
    this.port = Integer.parseInt(ports.group(1));
    this.admin = new Caller(Integer.parseInt(ports.group(2)));
  }

  /**
   * Starts the service and waits until it says that it is ready.
   *
   * @param directory holds the audit log, and what the service says in {@code service.log}
   */
  @SafeVarargs
  static ServiceProcess start(Path directory, List<String>... flags) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(Distribution.set("server.port", 0));
    arguments.addAll(Distribution.set("admin.port", 0));
    arguments.addAll(Distribution.set("audit.directory", directory));
    arguments.addAll(Distribution.set("audit.signingKey", directory.resolve("keys/key.pem")));
    for (List<String> more : flags) {
      arguments.addAll(more);
    }
    Files.createDirectories(directory);
    Path log = directory.resolve("service.log");
    // The launcher makes way for the JVM by exec, so that this is the JVM's process.
    ProcessBuilder command = Distribution.command(Distribution.LAUNCHER, arguments);
    command.environment().remove(Distribution.JVM_FLAGS);
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      await("a service that listens")
          .atMost(START)
          .failFast(() -> assertThat(process.isAlive()).as("it ended: %s", read(log)).isTrue())
          .until(() -> PORTS.matcher(read(log)).find());
      Matcher ports = PORTS.matcher(read(log));
      ports.find();
      var service = new ServiceProcess(process, log, ports);
      await("a service that is ready").atMost(START).until(() -> service.readiness() == 200);
      return service;
    } catch (Throwable e) {
      process.destroyForcibly();
      throw e;
    }
  }

  int port() {
    return port;
  }

  /** Calls the socket for operators. */
  Caller admin() {
    return admin;
  }

  long pid() {
    return process.pid();
  }

  /** What the readiness probe gets, or 0 where nobody listens. */
  int readiness() throws IOException, InterruptedException {
    try {
      return admin.get("/observe/health/ready").status();
    } catch (ConnectException e) {
      return 0;
    }
  }

  /** Threads of the kernel's; only on Linux. */
  long kernelThreads() throws IOException {
    return count("task");
  }

  /** Open descriptors, the directory's own not counted; only on Linux. */
  long descriptors() throws IOException {
    return count("fd");
  }

  /** The heap that is in use now: after a collection, what is alive. */
  long heapInUse() throws IOException, InterruptedException {
    return HEAP.matcher(admin.get("/observe/metrics").body())
        .results()
        .mapToLong(match -> (long) Double.parseDouble(match.group(1)))
        .sum();
  }

  private long count(String folder) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid()), folder))) {
      return all.count();
    }
  }

  /** Everything that it has said so far. */
  String log() {
    return read(log);
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the service has not ended within " + within + ": " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    Canary.see(Channel.LOG, log());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
