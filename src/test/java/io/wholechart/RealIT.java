package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.real.Direct;
import io.wholechart.real.Direct.Followed;
import io.wholechart.real.Held;
import io.wholechart.real.Population.Synthetic;
import io.wholechart.real.RealHospital;
import io.wholechart.real.Rest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service in front of real systems: HAPI FHIR's JPA server, Orthanc, and the stub laboratory
 * and pharmacy, for Synthea's patients. It prints what the sources hold beside what was answered,
 * and leaves the table in {@code target/real.txt}.
 */
@Tag("real")
class RealIT {
  private static final Path FOLDER = Path.of("target/real").toAbsolutePath();
  private static final int FEWEST_PATIENTS = 30;

  /** LOINC's codes of what a summary must have: problems, allergies, medications. */
  private static final List<String> REQUIRED_SECTIONS = List.of("11450-4", "48765-2", "10160-0");

  private static final List<String> table = new ArrayList<>();
  private static RealHospital hospital;

  @TempDir Path directory;

  @BeforeAll
  static void open() throws Exception {
    hospital = RealHospital.start(FOLDER);
  }

  @AfterAll
  static void close() throws Exception {
    try (var _ = hospital) {
      table.forEach(System.out::println);
      Files.write(Path.of("target/real.txt"), table, StandardCharsets.UTF_8);
    }
  }

  @Test
  void theEhrHoldsWhatWasMade() throws Exception {
    for (Synthetic patient : hospital.patients()) {
      assertThat(hospital.direct().counted(patient.id()))
          .as(patient.id())
          .isEqualTo(Direct.made(patient));
    }
  }

  @Test
  void everyPatientIsAnsweredAsTheSourcesHoldThemByPagesOfTen() throws Exception {
    assertThat(hospital.patients()).hasSizeGreaterThanOrEqualTo(FEWEST_PATIENTS);
    compareAll(hospital.ehr().urlByTens(), "pages of 10, whatever is asked for");
  }

  @Test
  void everyPatientIsAnsweredAsTheSourcesHoldThemByPagesAsHapiServesThem() throws Exception {
    compareAll(hospital.ehr().url(), "pages as HAPI serves them when 250 are asked for");
  }

  private void compareAll(String base, String how) throws Exception {
    var comparison = new RealComparison(table, how);
    try (var service = service(base)) {
      var caller = new Caller(service.port());
      for (Synthetic patient : hospital.patients()) {
        compare(base, caller, patient, comparison);
      }
    }
    assertThat(comparison.end()).isEmpty();
  }

  private void compare(String base, Caller caller, Synthetic patient, RealComparison comparison)
      throws Exception {
    Answered answered = caller.get("/patients/" + patient.id());
    Direct direct = hospital.direct();
    Followed chart = direct.everything(base, patient.id());
    Map<String, Held> held = new LinkedHashMap<>();
    held.put("ehr", chart.held());
    held.put("lab", direct.laboratory(patient.id()));
    held.put("imaging", direct.imaging(patient.id()));
    held.put("pharmacy", direct.pharmacy(patient.id()));

    comparison.expect(patient, "status", 200, answered.status());
    comparison.expect(patient, "complete", "1.0", answered.header("X-Completeness"));
    comparison.expect(
        patient,
        "the EHR's chart",
        Direct.made(patient),
        Direct.compartment(chart.held().counts()));
    JsonNode chartJson = Rest.JSON.readTree(answered.body());
    held.forEach(
        (source, all) -> comparison.compare(patient, source, all, Direct.shown(chartJson, source)));
    if (!base.equals(hospital.ehr().urlByTens())) { // once is enough, and the quicker way
      Map<String, Map<String, Integer>> everything = RealComparison.everything(caller, patient);
      held.forEach((source, all) ->
          comparison.compareEverything(
              patient, source, all, everything.getOrDefault(source, Map.of())));
    }
    comparison.endPatient(patient, held, chart, answered.elapsedMs());
  }

  /** Where the service says in its CapabilityStatement that it has {@code $summary}. */
  @Test
  void everyPatientHasASummaryWithItsRequiredSections() throws Exception {
    List<String> without = new ArrayList<>();
    try (var service = service(hospital.ehr().url())) {
      var caller = new Caller(service.port());
      assumeTrue(
          caller.get("/fhir/metadata").body().contains("\"summary\""), "there is no $summary");
      for (Synthetic patient : hospital.patients()) {
        Answered answered = caller.get("/fhir/Patient/" + patient.id() + "/$summary");
        List<String> sections = new ArrayList<>();
        for (JsonNode section : answered.json().at("/entry/0/resource/section")) {
          sections.add(section.at("/code/coding/0/code").asText());
        }
        if (answered.status() != 200 || !sections.containsAll(REQUIRED_SECTIONS)) {
          without.add(patient.id() + ": " + answered.status() + " " + sections);
        }
      }
    }
    table.add("");
    table.add("$summary of " + hospital.patients().size() + " patients, deviating: " + without);
    assertThat(without).isEmpty();
  }

  /** The smallest chart, the one in the middle and the largest, at first and once all is warm. */
  @Test
  void timesBesideTheEhrAlone() throws Exception {
    List<Synthetic> bySize = new ArrayList<>(hospital.patients());
    Map<String, Long> sizes = new HashMap<>();
    for (Synthetic patient : bySize) {
      sizes.put(patient.id(), Files.size(patient.file()));
    }
    bySize.sort(Comparator.comparing(patient -> sizes.get(patient.id())));
    table.add("");
    table.add("ms of the whole answer, and of the EHR's chart asked for directly, page by page");
    table.add(
        String.format(
            "  %-36s  %6s %6s  %7s %7s %9s",
            "patient", "ehr", "pages", "first", "warm", "EHR alone"));
    try (var service = service(hospital.ehr().url())) {
      var caller = new Caller(service.port());
      for (Synthetic patient :
          List.of(bySize.getFirst(), bySize.get(bySize.size() / 2), bySize.getLast())) {
        long first = caller.get("/patients/" + patient.id()).elapsedMs();
        List<Long> warm = new ArrayList<>();
        List<Long> alone = new ArrayList<>();
        Followed chart = hospital.direct().everything(hospital.ehr().url(), patient.id());
        for (int round = 0; round < 3; round++) { // in turn, since other work comes and goes
          warm.add(caller.get("/patients/" + patient.id()).elapsedMs());
          alone.add(hospital.direct().everything(hospital.ehr().url(), patient.id()).elapsedMs());
        }
        table.add(
            String.format(
                "  %-36s  %6d %6d  %7d %7d %9d",
                patient.id(),
                chart.held().count(),
                chart.pages(),
                first,
                median(warm),
                median(alone)));
      }
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  /** The archive alone knows this one, so that no other test is in the strays' way. */
  @Test
  void studiesOfOthersAreNeverShownHoweverTheirPatientIsNumbered() throws Exception {
    String id = "ac0ffee5-0bad-4cab-9dad-0123456789ab";
    String other = hospital.patients().get(4).id();
    List<String> strays =
        List.of(
            "*",
            "?",
            "ac0ffee5*",
            id.replace('a', '?'),
            id.toUpperCase(Locale.ROOT),
            id + "1",
            id.substring(1),
            "",
            id + "\\" + other);
    int before = hospital.archive().studies();
    hospital.storeStudy(id, 0);
    hospital.storeStudy(id, 1);
    for (String stray : strays) {
      hospital.storeStudy(stray, 0);
    }
    hospital.storeStudy(null, 0);
    assertThat(hospital.archive().studies()).isEqualTo(before + strays.size() + 3);

    table.add("");
    table.add("studies in the archive whose patient's id is " + strays + ", or which have none");
    try (var service = service(hospital.ehr().url())) {
      var caller = new Caller(service.port());
      // Orthanc takes no notice of case: the one in capitals comes along, is withheld, and told.
      assertThat(imaging(caller, id)).isEqualTo("holds 2, shown 2, identity-mismatch");
      assertThat(imaging(caller, other)).doesNotContain("mismatch");
      assertThat(imaging(caller, hospital.patients().get(5).id())).doesNotContain("mismatch");
      assertThat(caller.get("/patients/ac0ffee5").status()).isEqualTo(404);
      assertThat(caller.get("/patients/*").status()).isEqualTo(400);
    }
  }

  private String imaging(Caller caller, String id) throws Exception {
    JsonNode answer = caller.get("/patients/" + id).json();
    Held held = hospital.direct().imaging(id);
    Held shown = Direct.shown(answer, "imaging");
    String words =
        "holds %d, shown %d, %s"
            .formatted(held.count(), shown.count(), answer.at("/failures/0/reason").asText("ok"));
    table.add("  " + id + "  " + words);
    assertThat(shown.without(held)).as("foreign to " + id).isEmpty();
    assertThat(held.without(shown)).as("lost of " + id).isEmpty();
    return words;
  }

  @Test
  void aPatientWhomNobodyKnowsIsNotFound() throws Exception {
    try (var service = service(hospital.ehr().url())) {
      Answered answered = new Caller(service.port()).get("/patients/nobody-at-all");

      assertThat(answered.status()).as(answered.body()).isEqualTo(404);
      assertThat(answered.json().path("type").asText())
          .isEqualTo("urn:wholechart:problem:patient-not-found");
    }
  }

  @Test
  void anEhrThatFreezesIsATimeoutAndTheOthersAreThere() throws Exception {
    String path = "/patients/" + hospital.patients().getFirst().id() + "?urgency=emergency";
    try (var service = service(hospital.ehr().url())) {
      var caller = new Caller(service.port());
      caller.get(path); // so that there are connections, which look well
      hospital.ehr().freeze();
      Answered frozen;
      try {
        frozen = caller.get(path);
      } finally {
        hospital.ehr().thaw();
      }
      Answered thawed = caller.get(path.replace("emergency", "normal"));

      table.add("");
      table.add(
          "EHR frozen, emergency: "
              + frozen.status()
              + " after "
              + frozen.elapsedMs()
              + " ms, "
              + frozen.header("X-Completeness")
              + "; thawed, normal: "
              + thawed.header("X-Completeness"));
      assertThat(frozen.status()).isEqualTo(200);
      assertThat(frozen.header("X-Completeness")).isEqualTo("0.75; missing=\"ehr\"");
      assertThat(frozen.json().at("/failures/0/reason").asText()).isEqualTo("timeout");
      assertThat(frozen.json().at("/sections/allergies/state").asText()).isEqualTo("unknown");
      assertThat(frozen.json().at("/sections/results/state").asText()).isEqualTo("incomplete");
      assertThat(thawed.header("X-Completeness")).isEqualTo("1.0");
    }
  }

  /** With time for the largest chart by tens on a busy machine; ten seconds are the default. */
  private ServiceProcess service(String ehr) throws Exception {
    List<String> flags = new ArrayList<>(Distribution.sources(hospital.stubs()::url));
    flags.addAll(Distribution.set("deadline.normal", "5m"));
    flags.addAll(Distribution.set("sources.ehr.url", ehr));
    flags.addAll(Distribution.set("sources.ehr.maxPages", 1000));
    flags.addAll(Distribution.set("sources.imaging.url", hospital.archive().url()));
    flags.addAll(Distribution.set("sources.imaging.auth.type", "basic"));
    flags.addAll(Distribution.set("sources.imaging.auth.secretFile", hospital.archive().secret()));
    return ServiceProcess.start(directory, flags);
  }
}
