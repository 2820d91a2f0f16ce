package io.wholechart.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A contender that runs. What it says goes to a file beside its configuration. */
final class Running implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Contender contender;
  private final Process process;
  private final int port;
  private final Path log;
  private final Duration toFirstAnswer;

  private Running(Contender contender, Process process, int port, Path log, long start)
      throws IOException {
    this.contender = contender;
    this.process = process;
    this.port = port;
    this.log = log;
    awaitAnswer();
    this.toFirstAnswer = Duration.ofNanos(System.nanoTime() - start);
  }

  /** Starts it and comes back with its first whole answer. */
  static Running start(Contender contender, Setting setting, Path work) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(work), file(contender) + "-");
    int port = freePort();
    setting.write(folder, port, freePort());
    Path log = folder.resolve("output.log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(contender.command().apply(folder))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new Running(contender, process, port, log, start);
    } catch (IOException | RuntimeException e) {
      stop(process);
      throw e;
    }
  }

  private static String file(Contender contender) {
    return contender.name().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(contender.name() + " did not start:\n" + Files.readString(log));
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private boolean answers() throws IOException {
    try {
      return ask(Charts.SMALL).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** One answer. */
  HttpResponse<String> ask(String patient) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/patients/" + patient);
    try {
      var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
      if (!contender.authorization().isEmpty()) {
        request.header("Authorization", contender.authorization());
      }
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  Contender contender() {
    return contender;
  }

  String name() {
    return contender.name();
  }

  long pid() {
    return process.pid();
  }

  Duration toFirstAnswer() {
    return toFirstAnswer;
  }

  Load load(String patient, String urgency) throws IOException {
    return new Load(
        port, "/patients/" + patient + "?urgency=" + urgency, contender.authorization());
  }

  Usage usage() {
    try {
      if (!process.isAlive()) {
        throw new IOException(name() + " died:\n" + Files.readString(log));
      }
      return Usage.of(process.toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void forgetPeak() throws IOException {
    Usage.forgetPeak(process.toHandle());
  }

  @Override
  public void close() {
    stop(process);
  }

  /** Ends a process and what it started, by their ids. */
  static void stop(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
