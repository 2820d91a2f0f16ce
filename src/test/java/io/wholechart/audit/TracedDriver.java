package io.wholechart.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@link AccessDriver} under strace, which lets one of its system calls on the audit log fail
 * or ends it there.
 */
final class TracedDriver {
  /** What a journal asks of the system, so far as it changes something or waits for it. */
  static final List<String> CALLS =
      List.of("openat", "write", "pwrite64", "fdatasync", "fsync", "rename");

  private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\(");
  private static final Pattern ANSWERED = Pattern.compile("(?m)^answered (\\S+) \\.$");

  private final Path directory;
  private final Set<Path> paths;

  /**
   * @param paths of which calls are let down: those of the log, not those of the JVM
   */
  TracedDriver(Path directory, Set<Path> paths) {
    this.directory = directory;
    this.paths = paths;
  }

  /** How a call goes wrong. */
  enum Mishap {
    EIO("error=EIO", true),
    ENOSPC("error=ENOSPC", true),
    SIGKILL("signal=SIGKILL", false);

    private final String injection;
    private final boolean isFilteredInKernel; // quicker, but then strace sends no signals

    Mishap(String injection, boolean isFilteredInKernel) {
      this.injection = injection;
      this.isFilteredInKernel = isFilteredInKernel;
    }
  }

  /** The requests that were answered, and whether the process came to its end. */
  record Ran(Set<String> answered, boolean hasEnded) {}

  static boolean isPossible() {
    try {
      return new ProcessBuilder("strace", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it with nothing wrong; says how often at most one thread makes each call. */
  Map<String, Integer> calls() throws IOException, InterruptedException {
    Path trace = Files.createTempFile("calls", ".strace");
    try {
      run(
          List.of(
              "--seccomp-bpf", "-o", trace.toString(), "-e", "trace=" + String.join(",", CALLS)));
      Map<String, Integer> byThread = new HashMap<>();
      for (String line : Files.readAllLines(trace, StandardCharsets.ISO_8859_1)) {
        Matcher call = CALL.matcher(line);
        if (call.find()) {
          byThread.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
        }
      }
      Map<String, Integer> most = new HashMap<>();
      byThread.forEach((key, n) -> most.merge(key.substring(key.indexOf(' ') + 1), n, Math::max));
      return most;
    } finally {
      Files.delete(trace);
    }
  }

  /** Runs it while the n-th such call of a thread goes wrong. */
  Ran run(String call, Mishap mishap, int n) throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>();
    if (mishap.isFilteredInKernel) {
      flags.add("--seccomp-bpf");
    }
    flags.addAll(List.of("-o", "/dev/null", "-e", "trace=" + call));
    flags.addAll(List.of("-e", "inject=" + call + ":" + mishap.injection + ":when=" + n));
    return run(flags);
  }

  private Ran run(List<String> flags) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("strace", "-f"));
    words.addAll(flags);
    paths.forEach(path -> words.addAll(List.of("-P", path.toString())));
    words.addAll(driver());
    Path said = Files.createTempFile("driver", ".out");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(said.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("the process hangs");
      }
      String text = Files.readString(said);
      Set<String> answered = new HashSet<>();
      ANSWERED.matcher(text).results().forEach(match -> answered.add(match.group(1)));
      return new Ran(answered, text.endsWith("end\n"));
    } finally {
      Files.delete(said);
    }
  }

  private List<String> driver() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-preview",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        AccessDriver.class.getName(),
        directory.toString());
  }
}
