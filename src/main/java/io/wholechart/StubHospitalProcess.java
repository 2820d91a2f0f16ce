package io.wholechart;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The stub hospital as a process of its own: its heap is not ours, and it can die alone. It ends by
 * itself when its standard input closes, which happens however this process ends.
 */
final class StubHospitalProcess implements AutoCloseable {
  private static final int CONTROL_PORT = 9100;
  private static final String READY = "hospital ready";

  private final Process process;

  private StubHospitalProcess(Process process) {
    this.process = process;
  }

  /**
   * @param demo the distribution's demo folder: the hospital's jars and its stubs
   */
  static StubHospitalProcess start(Path demo) throws IOException {
    if (!Files.isDirectory(demo.resolve("lib"))) {
      throw new IOException("no stub hospital in " + demo + ": run `make build` first");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "--enable-preview",
                    "-Xmx256m",
                    "-cp",
                    demo.resolve("lib") + "/*",
                    "io.wholechart.hospital.StubHospital",
                    "--stubs",
                    demo.resolve("stubs").toString(),
                    "--control-port",
                    Integer.toString(CONTROL_PORT),
                    "--until-stdin-closes"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var hospital = new StubHospitalProcess(process);
    hospital.awaitReady();
    return hospital;
  }

  /** Where outages are switched on and off. */
  URI control() {
    return URI.create("http://127.0.0.1:" + CONTROL_PORT);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitReady() throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(line);
      if (line.equals(READY)) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(System.out::println));
        return;
      }
    }
    throw new IOException("the stub hospital did not start; what it said stands above");
  }
}
