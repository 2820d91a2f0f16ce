package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client from npm, where there is npm and a registry to have it from. */
@Tag("fhirclient")
class NpmClientIT {
  private static final String CLIENT = "fhir-kit-client@2.0.3";
  private static final Path FOLDER = Path.of("target/fhirclient");
  private static final Path TABLE = Path.of("target/fhirclient.txt");

  @TempDir Path directory;

  @Test
  void readsTheFaceUnchanged() throws Exception {
    assumeTrue(isThere("node", "--version"), "no node");
    assumeTrue(isThere("npm", "--version"), "no npm");
    Files.createDirectories(FOLDER);
    String prefix = FOLDER.toAbsolutePath().toString();
    assumeTrue(
        isThere(
            "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", prefix, CLIENT),
        "npm cannot have " + CLIENT);
    try (var service = HospitalService.start(directory)) {
      String base = "http://127.0.0.1:" + service.service.port() + "/fhir";
      Process client =
          start("node", "src/test/node/fhir-client.mjs", base, prefix + "/node_modules");
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(TABLE, CLIENT + "\n" + said);

      assertThat(client.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(client.exitValue()).as(said).isZero();
      System.out.println(said);
    }
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      Process process = start(command);
      process.getInputStream().transferTo(System.out);
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Process start(String... command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
