package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.AuditedRequests.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log tells in FHIR of requests of every kind, against R4 as a validator knows it. */
class AuditEventsIT {
  private static final R4 VALIDATOR = new R4();

  @TempDir static Path folder;
  private static Told told;

  @BeforeAll
  static void ask() throws Exception {
    told = AuditedRequests.make(folder);
  }

  @Test
  void eachRequestIsOneEventAndThereAreManyKinds() {
    assertThat(told.asked()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(told.asked().keySet()).allSatisfy(id -> assertThat(told.of(id)).isNotNull());
    assertThat(told.events().stream().map(event -> event.path("outcome").asText()))
        .contains("0", "4", "8", "12");
  }

  @Test
  void everyEventIsValid() {
    List<String> errors = new ArrayList<>();
    for (JsonNode event : told.events()) {
      ((ObjectNode) event).remove("meta"); // the profile is not there to be looked at
      VALIDATOR.errors(event.toString()).forEach(e -> errors.add(event.path("id") + " " + e));
    }
    assertThat(errors).isEmpty();
  }
}
