package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.Seed;
import io.wholechart.fhir.FhirPayload.Bundle;
import io.wholechart.patient.Entry;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whatever a resource looks like: its id, references and source are new, and nothing else is. */
class SplicePropertyTest {
  private static final ObjectMapper JSON = Splices.EXACT;

  @Test
  void takingTheSpliceBackGivesTheOriginalByteForByte() throws Exception {
    int resources = 0;
    for (int round = 0; round < 1000; round++) {
      List<Entry> entries = entries(round);
      AnswerNames names = AnswerNames.of(entries);
      for (Entry entry : entries) {
        String id = Objects.requireNonNull(names.id(entry));
        assertThat(Splices.undone(entry, id, names))
            .as("%s: %s", Seed.describe(round), entry.bytes().json())
            .isEqualTo(entry.bytes().json());
        resources++;
      }
    }
    assertThat(resources).isGreaterThan(1000);
  }

  @Test
  void theNewResourceReadsAsTheOldOneWithNewNames() throws Exception {
    int references = 0;
    for (int round = 0; round < 1000; round++) {
      List<Entry> entries = entries(round);
      AnswerNames names = AnswerNames.of(entries);
      for (Entry entry : entries) {
        String id = Objects.requireNonNull(names.id(entry));
        var expected = (ObjectNode) JSON.readTree(entry.bytes().json());
        references += Splices.rename(expected, "ehr");
        expected.put("id", id);
        if (expected.path("meta").isObject() || expected.path("meta").isMissingNode()) {
          expected.withObject("meta").put("source", "urn:wholechart:source:ehr");
        }

        String spliced = Splice.of(entry, id, names).json();

        assertThat(JSON.readTree(spliced))
            .as("%s: %s", Seed.describe(round), entry.bytes().json())
            .isEqualTo(expected);
      }
    }
    assertThat(references).isGreaterThan(500);
  }

  /** The resources of an odd Bundle, with references in odd places. */
  private static List<Entry> entries(int round) throws Exception {
    var random = Seed.random(round);
    OddBundle odd = OddBundle.random(random);
    var spelling = new OddJson(random);
    List<String> entries =
        odd.sent().stream()
            .map(sent -> {
              ObjectNode resource = Splices.object(sent.text());
              ArrayNode performers = resource.putArray("performer");
              for (int i = random.nextInt(3); i > 0; i--) {
                performers.addObject().put("reference", "Practitioner/id-" + i).put("display", "x");
              }
              resource.putObject("subject").put("reference", "Patient/p/_history/3");
              resource.put("reference", "Patient/no-element");
              resource.putObject("text").put("div", "<div>\"reference\":\"Patient/p\"</div>");
              ((ObjectNode) resource.withArray("contained").get(0))
                  .putObject("link")
                  .put("reference", random.nextBoolean() ? "#within" : "Patient/p");
              if (random.nextInt(4) == 0) {
                resource.putArray("tags").add("reference").addArray().add("Patient/p");
              }
              if (random.nextInt(6) == 0) {
                resource.putNull("meta");
              }
              return spelling.object(List.of(spelling.field("resource", spelling.spell(resource))));
            })
            .toList();
    String body =
        spelling.object(
            List.of(
                "\"resourceType\":\"Bundle\"", spelling.field("entry", spelling.array(entries))));
    var bundle = (Bundle) PayloadReader.read(body.getBytes(UTF_8));
    return bundle.resources().stream().map(r -> Splices.entry("ehr", r)).toList();
  }
}
