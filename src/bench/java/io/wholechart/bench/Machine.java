package io.wholechart.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Where, with what and when was measured, in a line that every table carries. */
record Machine(String line) {
  static Machine describe(String command, Scale scale, List<Contender> contenders)
      throws IOException {
    String versions =
        contenders.stream()
            .filter(c -> !c.name().contains("("))
            .map(c -> c.name() + " " + c.version())
            .collect(Collectors.joining(", "));
    return new Machine(
        "%s; %d cores of %s, %d GiB, Linux %s, load %s before the start; JDK %s; %s; %s, %s UTC"
            .formatted(
                command,
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) >> 20,
                System.getProperty("os.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                Runtime.version(),
                versions,
                scale.name(),
                LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES)));
  }

  /** With the flags that the service was given beyond its own, or nobody could measure it again. */
  private static String command(String command) {
    String flags = System.getenv().getOrDefault("WHOLECHART_JAVA_OPTS", "");
    return flags.isBlank() ? command : "WHOLECHART_JAVA_OPTS='" + flags + "' " + command;
  }

  private static String field(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
