package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code Patient/{id}/$everything} against the stub hospital. */
class EverythingIT {
  private static final String EVERYTHING = "/fhir/Patient/p-1001/$everything";

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
  void itHoldsEveryEntryOfTheNativeAnswerAndWhoseItIs() throws Exception {
    JsonNode chart = service.get("/patients/p-1001").json();

    Answered answered = service.get(EVERYTHING);

    JsonNode bundle = answered.json();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("Content-Type")).isEqualTo("application/fhir+json;charset=UTF-8");
    assertThat(answered.header("X-Completeness")).isEqualTo("1.0");
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    int entries = 0;
    for (JsonNode source : chart.path("sourceStatus")) {
      String name = source.path("source").asText();
      String uri = "urn:wholechart:source:" + name;
      List<JsonNode> theirs =
          resources(bundle, "match").stream()
              .filter(r -> r.at("/meta/source").asText().split("#")[0].equals(uri))
              .toList();
      assertThat(theirs).as(name).hasSize(source.path("entries").asInt());
      assertThat(theirs).allMatch(r -> r.path("id").asText().startsWith(name + "."));
      entries += theirs.size();
    }
    assertThat(resources(bundle, "match")).hasSize(entries);
    assertThat(bundle.path("total").asInt()).isEqualTo(entries);
    assertThat(types(bundle, "include")).contains("Provenance", "Linkage");
    assertThat(provenances(bundle)).containsExactlyInAnyOrder("ehr", "lab", "imaging", "pharmacy");
  }

  @Test
  void everyReferenceIsToSomethingInTheAnswerOrToWhatNobodySent() throws Exception {
    JsonNode bundle = service.get(EVERYTHING).json();
    Set<String> urls = new HashSet<>();
    String base = "http://127.0.0.1:" + service.service.port() + "/fhir/";
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      String name = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
      assertThat(entry.path("fullUrl").asText()).isEqualTo(base + name);
      assertThat(urls.add(name)).as("once: " + name).isTrue();
    }
    List<String> subjects = new ArrayList<>();
    bundle
        .path("entry")
        .forEach(
            e -> subjects.addAll(e.path("resource").path("subject").findValuesAsText("reference")));

    assertThat(subjects).hasSizeGreaterThan(20);
    assertThat(urls).containsAll(subjects);
    assertThat(bundle.at("/link/0/url").asText()).isEqualTo(base + EVERYTHING.substring(6));
  }

  @Test
  void whatIsMissingIsAnOutcomeAndThereIsNoTotal() throws Exception {
    Answered answered =
        service.getWhile(Outage.DOWN, EVERYTHING + "?urgency=emergency", "lab", "imaging");

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("X-Completeness")).isEqualTo("0.5; missing=\"lab,imaging\"");
    assertThat(answered.json().has("total")).isFalse();
    List<JsonNode> outcomes = resources(answered.json(), "outcome");
    assertThat(outcomes).hasSizeGreaterThanOrEqualTo(2);
    assertThat(outcomes.getFirst().at("/meta/source").asText())
        .isEqualTo("urn:wholechart:source:lab");
    assertThat(outcomes.getFirst().at("/issue/0/code").asText()).isEqualTo("incomplete");
    assertThat(outcomes.getFirst().at("/issue/1/code").asText()).isEqualTo("transient");
    assertThat(outcomes.getFirst().at("/issue/1/details/coding/0/code").asText())
        .isEqualTo("unreachable");
  }

  @Test
  void whatTheSourcesDisagreeOnIsAnOutcomeThatNamesTheResources() throws Exception {
    JsonNode bundle = service.get("/fhir/Patient/p-1003/$everything").json();

    JsonNode outcome = resources(bundle, "outcome").getFirst();
    assertThat(outcome.path("id").asText()).isEqualTo("conflicts");
    assertThat(outcome.path("issue").findValuesAsText("severity")).containsOnly("information");
    assertThat(outcome.path("issue").findValuesAsText("text"))
        .anySatisfy(text ->
            assertThat(text)
                .startsWith("not the same birthDate: ")
                .contains("(Patient/ehr.p-1003", "(Patient/pharmacy.p-1003)"));
    assertThat(bundle.path("total").asInt()).as("nothing is missing").isPositive();
  }

  @Test
  void everyCauseHasItsCode() throws Exception {
    assertThat(cause(Outage.HANG)).isEqualTo("timeout");
    assertThat(cause(Outage.THROTTLED)).isEqualTo("throttled");
    assertThat(cause(Outage.WRONG_PATIENT)).isEqualTo("suppressed");
    assertThat(cause(Outage.GARBAGE)).isEqualTo("transient");
  }

  @Test
  void pagesTogetherAreTheWholeAnswer() throws Exception {
    JsonNode whole = service.get("/fhir/Patient/p-1006/$everything").json();
    List<String> paged = new ArrayList<>();
    int pages = 0;
    String next = "/fhir/Patient/p-1006/$everything?_count=100";
    while (!next.isEmpty()) {
      Answered page = service.get(next);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.header("X-Completeness")).isEqualTo("1.0");
      assertThat(page.json().path("entry").size()).isLessThanOrEqualTo(100);
      assertThat(page.json().path("total")).isEqualTo(whole.path("total"));
      paged.addAll(names(page.json()));
      next = next(page.json());
      pages++;
    }

    assertThat(paged).isEqualTo(names(whole));
    assertThat(paged).hasSizeGreaterThan(500);
    assertThat(pages).isEqualTo(Math.ceilDiv(paged.size(), 100));
  }

  @Test
  void eachPageSaysWhatIsMissing() throws Exception {
    Answered first =
        service.getWhile(Outage.DOWN, "/fhir/Patient/p-1006/$everything?_count=300", "imaging");

    JsonNode second = service.get(next(first.json())).json();

    assertThat(resources(first.json(), "outcome")).isNotEmpty();
    assertThat(resources(second, "outcome")).isEqualTo(resources(first.json(), "outcome"));
    assertThat(second.has("total")).isFalse();
  }

  @Test
  void aCursorOpensNothingElse() throws Exception {
    String next = next(service.get(EVERYTHING + "?_count=10").json());

    assertThat(service.get(next).status()).isEqualTo(200);
    assertThat(service.get(next).status()).as("again").isEqualTo(200);
    for (String other :
        List.of(
            next.replace("p-1001", "p-1002"),
            next + "0",
            next.substring(0, next.length() - 1),
            EVERYTHING + "?_cursor=" + "A".repeat(22) + "1",
            EVERYTHING + "?_cursor=1")) {
      assertThat(service.get(other).status()).as(other).isEqualTo(410);
    }
    assertThat(service.get(next + "&_count=3").status()).isEqualTo(400);
  }

  @Test
  void everyPageIsAnAccessOfItsOwn() throws Exception {
    String next = next(service.get(EVERYTHING + "?_count=50").json());
    String requestId = service.get(next).requestId();

    JsonNode record = service.journal.of(requestId);
    assertThat(record.path("interaction").asText()).isEqualTo("everything-page");
    assertThat(record.path("patientId").asText()).isEqualTo("p-1001");
    assertThat(record.path("httpStatus").asInt()).isEqualTo(200);
  }

  @Test
  void typesAndTimesNarrowIt() throws Exception {
    JsonNode drugs = service.get(EVERYTHING + "?_type=MedicationRequest,MedicationDispense").json();
    assertThat(new TreeSet<>(types(drugs, "match")))
        .containsExactly("MedicationDispense", "MedicationRequest");
    assertThat(types(drugs, "include")).isEmpty();
    assertThat(drugs.path("total").asInt()).isEqualTo(drugs.path("entry").size());

    JsonNode future = service.get(EVERYTHING + "?start=2100").json();
    assertThat(types(future, "match"))
        .contains("AllergyIntolerance", "Patient", "MedicationRequest")
        .contains("Encounter") // which has not ended
        .doesNotContain("Observation", "ImagingStudy");
    assertThat(types(service.get(EVERYTHING + "?end=1900-01-01").json(), "match"))
        .contains("AllergyIntolerance", "Patient", "MedicationRequest")
        .doesNotContain("Observation", "ImagingStudy", "Encounter");
    assertThat(names(service.get(EVERYTHING + "?start=1900&end=2100").json()))
        .isEqualTo(names(service.get(EVERYTHING).json()));
  }

  @Test
  void parametersMayBePosted() throws Exception {
    String body =
        """
        {"resourceType":"Parameters","parameter":[
          {"name":"_type","valueString":"Patient"},{"name":"_count","valueInteger":1}]}
        """;
    Answered answered = service.caller.post(EVERYTHING, "application/fhir+json", body);

    assertThat(answered.status()).isEqualTo(200);
    assertThat(types(answered.json(), "match")).containsExactly("Patient");
    assertThat(service.caller.post(EVERYTHING, "application/fhir+json", "").status())
        .isEqualTo(200);
    assertThat(service.caller.post(EVERYTHING, "application/fhir+xml", "<x/>").status())
        .isEqualTo(415);
    assertThat(service.caller.post(EVERYTHING, "application/json", "{}").status()).isEqualTo(400);
  }

  @Test
  void theUrgencyMayBeAHeader() throws Exception {
    Answered answered = service.caller.send("GET", EVERYTHING, "X-Urgency", "emergency");
    assertThat(service.journal.of(answered.requestId()).at("/purpose/urgencyAsked").asText())
        .isEqualTo("emergency");
    assertThat(
            service
                .caller
                .send("GET", EVERYTHING + "?urgency=normal", "X-Urgency", "emergency")
                .status())
        .isEqualTo(400);
    assertThat(service.caller.send("GET", EVERYTHING, "X-Urgency", "urgend").status())
        .isEqualTo(400);
  }

  private static String cause(Outage outage) throws Exception {
    JsonNode bundle =
        service.getWhile(outage, EVERYTHING + "?urgency=emergency", "pharmacy").json();
    return resources(bundle, "outcome").getFirst().at("/issue/1/code").asText();
  }

  private static String next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        URI url = URI.create(link.path("url").asText());
        return url.getRawPath() + "?" + url.getRawQuery();
      }
    }
    return "";
  }

  private static List<JsonNode> resources(JsonNode bundle, String mode) {
    List<JsonNode> resources = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      if (entry.at("/search/mode").asText().equals(mode)) {
        resources.add(entry.path("resource"));
      }
    }
    return resources;
  }

  private static List<String> types(JsonNode bundle, String mode) {
    return resources(bundle, mode).stream().map(r -> r.path("resourceType").asText()).toList();
  }

  private static List<String> names(JsonNode bundle) {
    List<String> names = new ArrayList<>();
    bundle.path("entry").forEach(e -> names.add(e.path("fullUrl").asText()));
    return names;
  }

  private static List<String> provenances(JsonNode bundle) {
    return resources(bundle, "include").stream()
        .filter(r -> r.path("resourceType").asText().equals("Provenance"))
        .map(r -> r.at("/agent/0/who/identifier/value").asText())
        .toList();
  }
}
