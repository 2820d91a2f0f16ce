package io.wholechart;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, trained, moved elsewhere and started from a third folder. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AotCacheIT {
  /** With this mode a JVM that does not take the cache does not start. */
  private static final String OR_NOT_AT_ALL = "-XX:AOTMode=on";

  private static final Path SPOILT = Path.of("lib", "wholechart.aot");

  @TempDir static Path folder;
  private static Path trained;
  private Path home;

  @BeforeAll
  static void train() throws Exception {
    Path built = Path.of(System.getProperty("wholechart.distribution", "target/wholechart"));
    trained = copy(built, folder.resolve("trained here"));
    Files.deleteIfExists(trained.resolve("lib/wholechart.aot"));
    Said training = run(trained.resolve("bin/train"), "");
    assertThat(training.status()).as(training.toString()).isZero();
    assertThat(training.out()).singleElement().asString().startsWith("AOT cache trained in ");
  }

  @BeforeEach
  void move() throws IOException {
    home = Files.createTempDirectory(folder, "moved to ").resolve("home");
    copy(trained, home);
  }

  @Test
  void theCacheIsUsedWhereverTheFolderIsMoved() throws Exception {
    Said said = version(OR_NOT_AT_ALL + " -Xlog:class+load");

    assertThat(said.status()).isZero();
    assertThat(said.err()).isEmpty();
    assertThat(said.out())
        .anyMatch(line -> line.contains("io.wholechart.http.PatientRoute source: shared"));
  }

  @Test
  void whatFitsIsNotTrainedAgain() throws Exception {
    Said training = run(home.resolve("bin/train"), "");

    assertThat(training).isEqualTo(new Said(0, List.of(), List.of()));
  }

  @Test
  void itStartsWithoutACache() throws Exception {
    Files.delete(home.resolve(SPOILT));

    Said said = version("");

    assertThat(said.status()).isZero();
    assertThat(said.err()).isEmpty(); // nobody is told that what was never there is not there
  }

  @Test
  void itStartsWithACacheThatIsCutOff() throws Exception {
    try (var cache = new RandomAccessFile(home.resolve(SPOILT).toFile(), "rw")) {
      cache.setLength(cache.length() / 2);
    }

    assertStartsWithOneLine(version(""), "do not fit");
    assertServes();
  }

  @Test
  void itStartsWithACacheThatIsNone() throws Exception {
    Files.writeString(home.resolve(SPOILT), "nothing of the kind");

    assertStartsWithOneLine(version(""), "do not fit");
  }

  /** JDK 25 itself would take such a cache and run the classes of the old jar. */
  @Test
  void itStartsWithAnotherJarThanTheCacheIsOf() throws Exception {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      Path jar = jars.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    }

    assertStartsWithOneLine(version(""), "not of these jars");
  }

  @Test
  void itStartsWithOtherFlagsThanTheCacheIsFor() throws Exception {
    assertStartsWithOneLine(version("-XX:-UseCompactObjectHeaders"), "do not fit");
  }

  private static void assertStartsWithOneLine(Said said, String line) {
    assertThat(said.status()).as(said.toString()).isZero();
    assertThat(said.out()).singleElement().asString().startsWith("wholechart ");
    assertThat(said.err()).singleElement().asString().contains(line);
  }

  private void assertServes() throws IOException, InterruptedException {
    Process service =
        process(
            home.resolve("bin/wholechart"),
            "",
            List.of(
                "serve",
                "--set",
                "server.port=0",
                "--set",
                "admin.port=0",
                "--set",
                "audit.directory=" + home.resolve("audit")));
    try (BufferedReader said = service.errorReader(StandardCharsets.UTF_8)) {
      assertThat(said.lines().takeWhile(line -> !line.contains("listens on port")))
          .singleElement()
          .asString()
          .contains("do not fit");
      assertThat(service.isAlive()).isTrue();
    } finally {
      service.destroyForcibly().waitFor();
    }
  }

  private Said version(String javaOptions) throws IOException, InterruptedException {
    return run(home.resolve("bin/wholechart"), javaOptions, "--version");
  }

  private record Said(int status, List<String> out, List<String> err) {}

  private static Said run(Path program, String javaOptions, String... arguments)
      throws IOException, InterruptedException {
    Process process = process(program, javaOptions, List.of(arguments));
    List<String> out = process.inputReader(StandardCharsets.UTF_8).lines().toList();
    List<String> err = process.errorReader(StandardCharsets.UTF_8).lines().toList();
    return new Said(process.waitFor(), out, err);
  }

  private static Process process(Path program, String javaOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WHOLECHART_JAVA_OPTS", javaOptions);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  /** With the times: the cache is of jars of a size and a time. */
  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copied = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied, COPY_ATTRIBUTES);
        }
      }
    }
    return to;
  }
}
