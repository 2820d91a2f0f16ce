package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The folder that {@code make build} leaves, as somebody uses it: from a shell. */
final class Distribution {
  static final Path FOLDER =
      Path.of(System.getProperty("wholechart.distribution", "target/wholechart")).toAbsolutePath();
  static final String JVM_FLAGS = "WHOLECHART_JAVA_OPTS";
  static final Path LAUNCHER = FOLDER.resolve("bin/wholechart");

  /** What a command left behind. */
  record Ended(int exitCode, String out, String err) {}

  private Distribution() {}

  static Ended run(String... arguments) throws IOException, InterruptedException {
    return end(command(LAUNCHER, List.of(arguments)));
  }

  /**
   * A command that is not started. None of the settings of the one who builds gets into it, and it
   * is compiled for a short life: a service that is to last must take that back.
   */
  static ProcessBuilder command(Path launcher, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(launcher.toString());
    words.addAll(arguments);
    var command = new ProcessBuilder(words);
    command.environment().keySet().removeIf(name -> name.startsWith("WHOLECHART_"));
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put(JVM_FLAGS, "-XX:TieredStopAtLevel=1");
    return command;
  }

  /** Runs a command to its end. What it says goes through files: a full pipe would hold it up. */
  static Ended end(ProcessBuilder command) throws IOException, InterruptedException {
    return end(command, Duration.ofSeconds(60));
  }

  private static Ended end(ProcessBuilder command, Duration within)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("wholechart", ".out");
    Path err = Files.createTempFile("wholechart", ".err");
    try {
      Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      boolean hasEnded = process.waitFor(within);
      process.destroyForcibly();
      assertThat(hasEnded).as("%s has ended; it said: %s", command.command(), read(err)).isTrue();
      return new Ended(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** As {@code make build} leaves it, for what measures the service that users run. */
  static void train() throws IOException, InterruptedException {
    Ended training = end(command(FOLDER.resolve("bin/train"), List.of()), Duration.ofMinutes(5));
    assertThat(training.exitCode()).as(training.err()).isZero();
  }

  /** The flags that have the default configuration ask the sources of a test. */
  static List<String> sources(Function<String, String> origin) {
    List<String> flags = new ArrayList<>();
    TestSettings.hospital(origin)
        .forEach((name, source) -> flags.addAll(set("sources." + name + ".url", source.url())));
    return flags;
  }

  static List<String> set(String key, Object value) {
    return List.of("--set", key + "=" + value);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
