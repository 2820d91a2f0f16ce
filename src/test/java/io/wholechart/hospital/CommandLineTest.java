package io.wholechart.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpNamesEveryOptionSourceAndOutage() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--stubs", "--host", "--port", "--control-port", "--until-stdin-closes")
        .contains(Ports.SOURCES)
        .contains(Outage.keys());
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(run("--stubbs", "stubs")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown option --stubbs", "--help");
  }

  @Test
  void aMissingFolderOptionIsNamed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--stubs is missing");
  }

  @Test
  void aPortThatIsNoPortIsNamed() {
    assertThat(run("--stubs", "stubs", "--port", "lab=99999")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("not 99999");

    assertThat(run("--stubs", "stubs", "--port", "morgue=1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("not morgue=1");
  }

  @Test
  void aFolderWithoutStubsIsNamed() {
    assertThat(run("--stubs", "no-such-folder")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("no-such-folder");
  }

  @Test
  void theProgramNeedsNothingButTheJdkAndWireMockAndEndsWithItsStandardInput() throws Exception {
    Process process = start("--until-stdin-closes");
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(untilReady(lines)).contains("ehr", "lab", "imaging", "pharmacy", "control");

      process.getOutputStream().close();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theProgramEndsWhenItIsToldTo() throws Exception {
    Process process = start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      untilReady(lines);

      process.destroy();

      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
  }

  private int run(String... arguments) {
    return CommandLine.run(
        arguments, InputStream.nullInputStream(), new PrintStream(out), new PrintStream(err));
  }

  private static Process start(String... more) throws Exception {
    String classPath = where(StubHospital.class) + File.pathSeparator + where(WireMockServer.class);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-preview",
                "-cp",
                classPath,
                StubHospital.class.getName(),
                "--stubs",
                Path.of("stubs").toAbsolutePath().toString(),
                "--control-port",
                "0"));
    for (String source : Ports.SOURCES) {
      command.addAll(List.of("--port", source + "=0"));
    }
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The first words of the lines before the one that says that the hospital is ready. */
  private static List<String> untilReady(BufferedReader lines) throws Exception {
    List<String> words = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("hospital ready")) {
        return words;
      }
      words.add(line.split(" ")[0]);
    }
    throw new AssertionError("the hospital ended before it was ready: " + words);
  }

  private static String where(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
