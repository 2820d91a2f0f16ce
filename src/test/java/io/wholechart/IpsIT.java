package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every stub patient's {@code $summary} against the International Patient Summary 1.1.0, whose
 * package is not ours to hand on: {@code make ips PROFILES=DIR}, with its {@code .tgz} in there.
 */
@Tag("ips")
class IpsIT {
  private static final String PROFILE =
      "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";
  private static final Path GUIDE =
      Path.of(System.getProperty("wholechart.profiles", "../shared/profiles"))
          .resolve("hl7.fhir.uv.ips-1.1.0.tgz");
  private static final Path TABLE = Path.of("target/ips.txt");

  @TempDir static Path directory;
  private static HospitalService service;
  private static R4 guide;
  private static final List<String> TABLE_LINES = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(Files.exists(GUIDE), () -> "there is no " + GUIDE + ": nothing was checked");
    guide = R4.with(GUIDE);
    service = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    if (service != null) {
      service.close();
      Files.createDirectories(TABLE.getParent());
      Files.write(TABLE, TABLE_LINES);
      TABLE_LINES.forEach(System.out::println);
    }
  }

  @Test
  void everyPatientsSummaryConforms() throws Exception {
    List<String> errors = new ArrayList<>();
    for (String patient : IntStream.rangeClosed(1001, 1013).mapToObj(n -> "p-" + n).toList()) {
      errors.addAll(check(patient + ", all sources well", service.get(summary(patient))));
    }
    assertThat(errors).isEmpty();
  }

  @Test
  void soDoesOneOfWhichSourcesAreMissingWhereThatEditionIsAskedFor() throws Exception {
    List<String> errors = new ArrayList<>();
    String older = "?profile=" + PROFILE + "%7C1.1.0";
    for (String source : List.of("ehr", "lab", "imaging", "pharmacy")) {
      Answered answered = service.getWhile(Outage.DOWN, summary("p-1001") + older, source);
      errors.addAll(check("p-1001, " + source + " down, 1.1.0 asked for", answered));
    }
    assertThat(errors).isEmpty();
  }

  /** And by that, that the check can fail: the older edition forbids to say why. */
  @Test
  void anEmptyReasonIsNothingThatTheOlderEditionKnows() throws Exception {
    String newer = "?profile=" + PROFILE + "%7C2.0.0";
    assertThat(check("p-1010, 2.0.0 asked for", service.get(summary("p-1010") + newer)))
        .anySatisfy(error -> assertThat(error).contains("composition"));
  }

  private static List<String> check(String what, Answered answered) {
    assertThat(answered.status()).isEqualTo(200);
    long from = System.nanoTime();
    List<String> errors = guide.errors(answered.body(), PROFILE);
    TABLE_LINES.add(
        "%-42s %4d resources %3d errors %6d ms"
            .formatted(
                what,
                answered.json().path("entry").size(),
                errors.size(),
                (System.nanoTime() - from) / 1_000_000));
    return errors;
  }

  private static String summary(String patient) {
    return "/fhir/Patient/" + patient + "/$summary";
  }
}
