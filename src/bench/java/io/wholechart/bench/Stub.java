package io.wholechart.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The process of the stub sources, seen from the bench. */
final class Stub implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final List<Integer> ports;

  /** How many calls were answered so far, and with how many bytes. */
  record Served(long calls, long bytes) {
    Served since(Served before) {
      return new Served(calls - before.calls, bytes - before.bytes);
    }
  }

  Stub(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
    ports = Arrays.stream(answer("ports ").split(" ")).map(Integer::valueOf).toList();
  }

  List<Integer> ports() {
    return ports;
  }

  void delay(int millis) throws IOException {
    tell("delay " + millis);
    answer("delay is set");
  }

  void hang() throws IOException {
    tell("delay never");
    answer("delay is set");
  }

  Served served() throws IOException {
    tell("stats");
    String[] numbers = answer("served ").split(" ");
    return new Served(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  Usage usage() throws IOException {
    return Usage.of(process.toHandle());
  }

  @Override
  public void close() {
    Running.stop(process);
  }

  private void tell(String command) throws IOException {
    in.write(command);
    in.newLine();
    in.flush();
  }

  private String answer(String beginning) throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith(beginning)) {
      throw new IOException("the stub sources said " + line + " instead of " + beginning);
    }
    return line.substring(beginning.length());
  }
}
