package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every FHIR file of a folder, where one is at hand ({@code -Dwholechart.corpus=DIR}): read, merged
 * with itself as a second source, and written. Each resource must be in the answer to the byte.
 */
@Tag("corpus")
class LosslessCorpusIT {
  private static final Path CORPUS =
      Path.of(System.getProperty("wholechart.corpus", "../shared/data")).resolve("fhir");

  @Test
  void everyResourceOfEveryFileIsInTheAnswerByteForByte() throws Exception {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS.toAbsolutePath());
    List<String> table = new ArrayList<>();
    int files = 0;
    int resources = 0;
    for (Path file : files()) {
      byte[] body = bytes(file);
      switch (PayloadReader.read(body)) {
        case FhirPayload.Unreadable(var problem) ->
            table.add(CORPUS.relativize(file) + "  " + problem.words());
        case FhirPayload.Single(var resource) -> {
          files++;
          resources += compare(file, List.of(resource), List.of(text(body)));
        }
        case FhirPayload.Bundle bundle -> {
          files++;
          List<String> sent = ResourceSlices.of(body);
          sent.removeIf(slice -> slice.contains("\"OperationOutcome\"") && isOutcome(slice));
          resources += compare(file, bundle.resources(), sent);
        }
      }
    }
    table.addFirst(files + " files, " + resources + " resources, each byte for byte");
    table.forEach(System.out::println);
    Files.write(Path.of("target/corpus-lossless.txt"), table, StandardCharsets.UTF_8);
    assertThat(resources).isPositive();
  }

  private static int compare(Path file, List<Resource> read, List<String> sent) throws IOException {
    List<String> twice = new ArrayList<>(sent);
    twice.addAll(sent);
    List<String> answered =
        new ArrayList<>(ResourceSlices.of(WrittenChart.of(Map.of("one", read, "other", read))));
    answered.sort(null);
    twice.sort(null);
    assertThat(answered.equals(twice))
        .as(file.toString())
        .isTrue(); // the texts are too long to show
    return sent.size();
  }

  private static boolean isOutcome(String slice) {
    try {
      return PayloadReader.read(slice.getBytes(StandardCharsets.UTF_8))
              instanceof FhirPayload.Single(var resource)
          && resource.type().equals("OperationOutcome");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A single resource without the blanks, and the mark, around it. */
  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1);
  }

  private static List<Path> files() throws IOException {
    try (var all = Files.walk(CORPUS)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.json(\\.gz)?"))
          .sorted()
          .toList();
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
    }
  }
}
