package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.AuditedRequests.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AuditEvents of requests of every kind against IHE's Basic Audit Log Patterns, whose package
 * is not ours to hand on: {@code make balp PROFILES=DIR}, with its {@code .tgz} in there.
 */
@Tag("balp")
class BalpIT {
  private static final Path GUIDE =
      Path.of(System.getProperty("wholechart.profiles", "../shared/profiles"))
          .resolve("ihe.iti.balp-1.1.4.tgz");
  private static final Path TABLE = Path.of("target/balp.txt");
  private static final String PATIENT_READ =
      "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead";

  @TempDir Path folder;

  @Test
  void everyEventConformsToTheProfileThatItClaims() throws Exception {
    assumeTrue(Files.exists(GUIDE), () -> "there is no " + GUIDE + ": nothing was checked");
    R4 guide = R4.with(GUIDE);
    Told told = AuditedRequests.make(folder);
    List<String> table = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    int conforming = 0;
    for (Map.Entry<String, String> asked : told.asked().entrySet()) {
      JsonNode event = told.of(asked.getKey());
      String profile = event.at("/meta/profile/0").asText("none");
      List<String> found = guide.errors(event.toString());
      conforming += profile.equals("none") ? 0 : 1;
      found.forEach(error -> errors.add(asked.getValue() + ": " + error));
      table.add(
          "%-110s outcome %2s  %-26s %d errors"
              .formatted(
                  asked.getValue(),
                  event.path("outcome").asText(),
                  profile.substring(profile.lastIndexOf('/') + 1),
                  found.size()));
    }
    Files.createDirectories(TABLE.getParent());
    Files.write(TABLE, table);
    table.forEach(System.out::println);

    assertThat(errors).isEmpty();
    assertThat(conforming).isGreaterThan(15);
    assertThat(wrong(guide, told)).as("the check can fail").isNotEmpty();
  }

  /** An event of a part of a chart, as if it were a success. */
  private static List<String> wrong(R4 guide, Told told) {
    JsonNode partial =
        told.events().stream()
            .filter(event -> event.path("outcome").asText().equals("4"))
            .findFirst()
            .orElseThrow();
    ObjectNode claimed = partial.deepCopy();
    claimed.putObject("meta").putArray("profile").add(PATIENT_READ);
    return guide.errors(claimed.toString());
  }
}
