package io.wholechart.real;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of a real system. What it says goes into a file, and it ends with us. */
final class Running implements AutoCloseable {
  private static final Duration TO_END = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread ending;

  private Running(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.ending = new Thread(process::destroy); // where we are ended ourselves: Ctrl-C
    Runtime.getRuntime().addShutdownHook(ending);
  }

  static Running start(String name, ProcessBuilder command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Progress.say("starting " + name + " (" + log + ")");
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    return new Running(name, command.start(), log);
  }

  /** Runs a command that ends by itself. */
  static void toTheEnd(String name, ProcessBuilder command, Path log, Duration patience)
      throws IOException, InterruptedException {
    try (var running = start(name, command, log)) {
      long end = System.nanoTime() + patience.toNanos();
      while (!running.process.waitFor(10, TimeUnit.SECONDS)) {
        Progress.say(name + " is still at work");
        if (System.nanoTime() > end) {
          throw new IOException(name + " has not ended within " + patience + ": see " + log);
        }
      }
      if (running.process.exitValue() != 0) {
        throw new IOException(
            name + " ended with " + running.process.exitValue() + ": " + running.lastLines());
      }
    }
  }

  /** Waits until it says this, and returns the pattern's first group. */
  String awaitWords(Pattern words, Duration patience) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int tick = 1; ; tick++) {
      boolean hasEnded = process.waitFor(250, TimeUnit.MILLISECONDS);
      Matcher matcher = words.matcher(Files.readString(log, StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
      if (hasEnded) {
        throw new IOException(name + " ended: " + lastLines());
      }
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new IOException(name + " is not ready after " + patience + ": " + lastLines());
      }
      if (tick % 40 == 0) {
        Progress.say("waiting for " + name);
      }
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it where it stands: it keeps its sockets and says nothing any more. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + signal + " of " + name + " ended with " + code);
    }
  }

  /** Ends it at once, and what it started, whatever they are at. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    var _ = Runtime.getRuntime().removeShutdownHook(ending);
  }

  /** The end of its input first, so that a database can write what it holds. */
  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
        Progress.say(name + " does not end by itself");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly().onExit().join();
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return log + " ends with: " + lines.subList(Math.max(0, lines.size() - 5), lines.size());
  }
}
