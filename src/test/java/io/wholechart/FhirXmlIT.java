package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.Caller.Answered;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceSettings.Fetch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** XML for who asks for it: all of the chart, or none. */
class FhirXmlIT {
  @TempDir static Path directory;
  private static HospitalService service;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @Test
  void itHoldsWhatJsonHolds() throws Exception {
    for (String patient : List.of("p-1001", "p-1003", "p-1008", "p-1011")) {
      String path = "/fhir/Patient/" + patient + "/$everything";
      Answered xml = service.caller.send("GET", path, "Accept", "application/fhir+xml");

      assertThat(xml.status()).as(xml.body()).isEqualTo(200);
      assertThat(xml.header("Content-Type")).isEqualTo("application/fhir+xml;charset=UTF-8");
      assertThat(xml.header("X-Completeness")).isEqualTo("1.0");
      JsonNode expected = service.get(path).json();
      JsonNode seen = read(xml.body());
      assertThat(seen.path("entry").size()).isEqualTo(expected.path("entry").size());
      for (int i = 0; i < seen.path("entry").size(); i++) {
        JsonNode resource = expected.path("entry").get(i).path("resource");
        if (!resource.path("resourceType").asText().equals("Provenance")) { // another time
          assertThat(seen.path("entry").get(i).path("resource")).isEqualTo(resource);
        }
      }
    }
  }

  @Test
  void whatCannotBeSaidInItIsRefusedAndNotLeftOut() throws Exception {
    for (String odd :
        List.of(
            "\"notAnElement\":\"x\"",
            "\"gender\":\"unheard of\"",
            "\"birthDate\":\"yesterday\"",
            "\"birthDate\":{\"is\":\"odd\"}",
            "\"multipleBirthInteger\":\"one\"")) {
      String body =
          "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
              + "{\"resourceType\":\"Patient\",\"id\":\"p-1\",\"active\":true,"
              + odd
              + "}}]}";
      try (var server =
          new OneAnswer(body.getBytes(StandardCharsets.UTF_8), "application/fhir+json")) {
        var source =
            TestSettings.fhir(server.url(), new Fetch.Everything(), EnumSet.allOf(Section.class));
        Path audit = Files.createTempDirectory(directory, "audit");
        try (var alone = Service.start(TestSettings.of(audit, Map.of("only", source)))) {
          var caller = new Caller(alone.port());
          Answered json = caller.get("/fhir/Patient/p-1/$everything");
          Answered xml = caller.get("/fhir/Patient/p-1/$everything?_format=xml");

          assertThat(json.status()).as(odd).isEqualTo(200);
          assertThat(json.body()).contains(odd);
          assertThat(xml.status()).as(odd + xml.body()).isEqualTo(406);
          assertThat(xml.body()).contains("OperationOutcome").doesNotContain("p-1\"");
        }
      }
    }
  }

  @Test
  void errorsAreXmlAsWell() throws Exception {
    Answered answered =
        service.caller.send(
            "GET", "/fhir/Patient/p-9999/$everything", "Accept", "application/fhir+xml");

    assertThat(answered.status()).isEqualTo(404);
    assertThat(answered.body()).startsWith("<OperationOutcome");
    assertThat(read(answered.body()).at("/issue/0/code").asText()).isEqualTo("not-found");
  }

  private static JsonNode read(String xml) throws IOException {
    FhirContext r4 = FhirContext.forR4Cached();
    IParser json = r4.newJsonParser().setStripVersionsFromReferences(false);
    return new ObjectMapper()
        .readTree(json.encodeResourceToString(r4.newXmlParser().parseResource(xml)));
  }
}
