package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real messages of many senders, where a folder of them is at hand: {@code
 * -Dwholechart.corpus=DIR}. Prints what was read, partly read and refused, and why.
 */
@Tag("corpus")
class Hl7v2CorpusIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("wholechart.corpus", "../shared/data"), "hl7v2");
  private static final Pattern OBX = Pattern.compile("(?:^|[\r\n])[\u000B\\s]*OBX\\W");
  private static final Pattern ORU = Pattern.compile("MSH.{0,400}?\\WORU(\\W|_)", Pattern.DOTALL);

  @Test
  void everyResultIsAnObservationOrCounted() throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS.toAbsolutePath());
    List<String> table = new ArrayList<>();
    table.add(
        String.format(
            "%-62s %8s %6s %12s %5s  %s",
            "file", "messages", "OBX", "Observations", "lost", "verdict"));
    int files = 0;
    try (var listing = Files.list(CORPUS)) {
      for (Path file : listing.sorted().toList()) {
        byte[] body = Files.readAllBytes(file);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!ORU.matcher(text).find()) {
          continue;
        }
        files++;
        table.add(row(file, body, OBX.matcher(text).results().count()));
      }
    }
    table.forEach(System.out::println);
    Files.write(Path.of("target/corpus-hl7v2.txt"), table, StandardCharsets.UTF_8);
    assertThat(files).isPositive();
  }

  private static String row(Path file, byte[] body, long obx) throws InterruptedException {
    var read = (Hl7v2Reading.Read) new Hl7v2Reader().read(body, null);
    long observations = 0;
    for (Resource resource : read.resources()) {
      assertThat(PayloadReader.readResource(resource.bytes())).isEqualTo(resource);
      if (resource.type().equals("Observation")) {
        observations++;
      }
    }
    assertThat(read.results()).as(file.toString()).isEqualTo((int) observations);
    if (read.refusals().isEmpty()) {
      assertThat(observations + read.resultsLost()).as(file.toString()).isEqualTo(obx);
    }
    String verdict =
        read.isWhole()
            ? "read"
            : (read.refusals().size() == read.messages() ? "refused " : "partly read ")
                + read.refusals();
    return String.format(
        "%-62s %8d %6d %12d %5d  %s",
        file.getFileName(), read.messages(), obx, observations, read.resultsLost(), verdict);
  }
}
