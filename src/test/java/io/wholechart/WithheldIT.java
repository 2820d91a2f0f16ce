package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What labels, the deny list and scopes keep back, by every way to a chart: with and without the
 * marker, and past it by breaking the glass. It leaves a table in {@code target/}.
 */
class WithheldIT {
  private static final List<String> WAYS =
      List.of(
          "/patients/ID",
          "/fhir/Patient/ID/$everything",
          "/fhir/Patient/ID/$everything?_count=2",
          "/fhir/Patient/ID/$summary",
          "/fhir/Patient/ID",
          "/fhir/Patient?identifier=ID",
          "/patients/_batch");

  @TempDir Path directory;

  @Test
  void whatIsKeptBackIsInNoAnswerAndBreakingTheGlassShowsIt() throws Exception {
    List<String> table = new ArrayList<>(List.of(HEAD));
    for (boolean isMarked : List.of(true, false)) {
      Path its = Files.createDirectory(directory.resolve("marked-" + isMarked));
      try (var service = SealedService.start(its, isMarked)) {
        for (String way : WAYS) {
          table.add(row(service, isMarked, "nurse", "p-101", way, false));
          table.add(row(service, isMarked, "nurse", "p-3", way, false));
          if (way.contains("ID") && !way.contains("?identifier")) {
            table.add(row(service, isMarked, "doctor", "p-101", way, true));
            table.add(row(service, isMarked, "doctor", "p-3", way, true));
          }
        }
      }
    }
    Files.write(Path.of("target/withheld.txt"), table, UTF_8);
  }

  /** Asks, follows all pages, and holds what came and what was recorded against the rules. */
  private static String row(
      SealedService service,
      boolean isMarked,
      String who,
      String patient,
      String way,
      boolean isBroken)
      throws Exception {
    String path = way.replace("ID", patient);
    List<Answered> answers = new ArrayList<>();
    answers.add(
        way.endsWith("_batch")
            ? service.batch(who, patient)
            : service.breaking(who, path, isBroken ? SealedService.REASON : null));
    for (@Nullable String next = next(answers.getLast());
        next != null;
        next = next(answers.getLast())) {
      answers.add(service.get(who, next));
    }
    String text = String.join("", answers.stream().map(Answered::body).toList());
    var shown = new TreeSet<String>();
    LabelledHospital.LABELLED.keySet().stream().filter(text::contains).forEach(shown::add);
    String as = who + " " + path + (isMarked ? " marked" : " unmarked");
    assertThat(shown.isEmpty() || isBroken).as(as + ": " + shown).isTrue();
    boolean isWhole = way.equals("/patients/ID") || way.contains("$everything");
    if (isBroken && isWhole) {
      assertThat(shown)
          .as(as)
          .containsAll(
              LabelledHospital.LABELLED.keySet().stream()
                  .filter(mark -> !mark.equals("SECRET-DRUG") || patient.equals("p-101"))
                  .toList());
    }
    boolean isSaid = text.contains("ithheld") || text.contains("suppressed");
    boolean isOfNobody = answers.getFirst().status() == 404; // all of it is kept back, in silence
    if (!isBroken && !isOfNobody && !way.equals("/fhir/Patient/ID")) {
      assertThat(isSaid).as(as).isEqualTo(isMarked);
    }
    JsonNode record = service.lastRecord(patient, answers.size());
    if (isBroken) {
      assertThat(record.at("/purpose/purposeOfUse").asText()).as(as).isEqualTo("BTG");
      String named = way.equals("/fhir/Patient/ID") ? "clinic/Patient/" : "ehr/Condition/c-r";
      assertThat(record.path("names").toString()).as(as).contains(named);
    } else {
      assertThat(record.path("names").isMissingNode()).as(as).isTrue();
    }
    return ("%-9s %-7s %-7s %-40s %-6d %-8s %-9s %-40s %s")
        .formatted(
            isMarked ? "shown" : "hidden",
            who,
            patient,
            path,
            answers.getFirst().status(),
            isSaid ? "yes" : "no",
            isBroken ? "broken" : "-",
            shown.isEmpty() ? "-" : String.join(",", shown),
            record.path("withheld").isMissingNode()
                ? "names " + record.path("names")
                : "withheld " + record.path("withheld"));
  }

  private static @Nullable String next(Answered answer) {
    if (answer.status() != 200 || !answer.body().startsWith("{\"resourceType\":\"Bundle\"")) {
      return null;
    }
    for (JsonNode link : answer.json().path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").asText();
        return url.substring(url.indexOf("/fhir/"));
      }
    }
    return null;
  }

  @Test
  void aMarkedSectionNeverReadsAsEmpty() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      JsonNode chart = service.get("nurse", "/patients/p-101").json();
      assertThat(states(chart))
          .containsEntry("conditions", "incomplete withheld")
          .containsEntry("allergies", "withheld withheld")
          .containsEntry("medications", "incomplete withheld")
          .containsEntry("results", "present")
          .containsEntry("procedures", "withheld withheld")
          .containsEntry("documents", "present");
      assertThat(chart.path("isComplete").asBoolean()).isFalse();
      assertThat(service.get("nurse", "/patients/p-101").header("X-Completeness"))
          .isEqualTo(
              "0.66; missing=\"clinic\";"
                  + " withheld=\"allergies,conditions,medications,procedures,other\"");
      assertThat(service.hospital.asked("clinic")).isZero(); // so that it reads so for everybody
      int asked = service.hospital.asked("archive");
      assertThat(service.get("nurse", "/patients/p-3").json().path("sections").toString())
          .doesNotContain("none-recorded", "present");
      assertThat(service.hospital.asked("archive")).isEqualTo(asked);
      Answered required = service.get("nurse", "/patients/p-101?require=allergies");
      assertThat(required.status()).isEqualTo(403);
      assertThat(required.json().path("type").asText()).endsWith("required-section-withheld");
    }
  }

  @Test
  void withoutTheMarkerItIsAsIfItWereNotThere() throws Exception {
    try (var service = SealedService.start(directory, false)) {
      Answered answer = service.get("nurse", "/patients/p-101");
      assertThat(states(answer.json()))
          .containsEntry("conditions", "present")
          .containsEntry("allergies", "none-recorded")
          .containsEntry("procedures", "none-recorded");
      assertThat(answer.header("X-Completeness")).isEqualTo("1.0");
      assertThat(service.get("nurse", "/patients/p-3").status()).isEqualTo(404);
      assertThat(service.recordOf(answer).path("withheld").toString())
          .isEqualTo(
              "{\"conditions\":1,\"allergies\":1,\"medications\":1,\"other\":1,"
                  + "\"patient\":1,\"procedures\":1}");
    }
  }

  @Test
  void scopesDecideWhatIsAskedAndShown() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      Answered answer = service.get("laboratory", "/patients/p-101");
      assertThat(answer.body()).contains("OPEN-RESULT").doesNotContain("OPEN-CONDITION");
      assertThat(states(answer.json()))
          .containsEntry("conditions", "withheld withheld")
          .containsEntry("results", "incomplete withheld") // a report may be there
          .containsEntry("documents", "withheld withheld");
      assertThat(answer.json().path("failures").toString()).contains("archive", "denied");
      assertThat(service.hospital.asked("archive")).isZero();
      assertThat(service.get("laboratory", "/fhir/Patient/p-101").status()).isEqualTo(403);
      assertThat(service.get("scheduler", "/fhir/Patient/p-101/$everything").body())
          .contains("\"OperationOutcome\"", "\"forbidden\"", "insufficient-scope");
      Answered nothing = service.get("scheduler", "/patients/p-101");
      assertThat(nothing.status()).isEqualTo(403);
      assertThat(nothing.header("WWW-Authenticate")).contains("insufficient_scope");
      assertThat(service.get("payer", "/patients/p-101").body())
          .contains("SECRET-R", "SECRET-CLINIC"); // its purpose is open to labels
      assertThat(
              service.get("payer", "/patients/p-2").json().at("/sections/results/state").asText())
          .isEqualTo("withheld"); // and not to the deny list
    }
  }

  @Test
  void aTokenOfOnePatientOpensNobodyElseAndDoesNotTellWhetherThereIs() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      assertThat(service.get("patient", "/patients/p-1").status()).isEqualTo(200);
      for (String way : WAYS) {
        if (way.endsWith("_batch")) {
          continue;
        }
        Answered other = service.get("patient", way.replace("ID", "p-2"));
        Answered nobody = service.get("patient", way.replace("ID", "x-9"));
        assertThat(other.status()).as(way).isEqualTo(403);
        assertThat(anonymous(other)).as(way).isEqualTo(anonymous(nobody));
      }
      assertThat(service.get("patient", "/fhir/Patient?identifier=p-1").status()).isEqualTo(200);
      assertThat(service.batch("patient", "p-2").body()).contains("other-patient");
      assertThat(service.hospital.asked("ehr")).isEqualTo(2); // for p-1, each time
    }
  }

  @Test
  void pagesAreForWhomTheyWereGatheredAndNoLongerThanTheGlassIsBroken() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      String path = "/fhir/Patient/p-101/$everything?_count=2";
      String next = next(service.breaking("doctor", path, SealedService.REASON));
      assertThat(service.get("doctor", next).status()).isEqualTo(200);
      assertThat(service.get("consultant", next).status()).isEqualTo(410);
      assertThat(service.get("nurse", next).status()).isEqualTo(410);
      String plain = next(service.get("nurse", path));
      Answered page = service.get("nurse", plain);
      assertThat(service.recordOf(page).at("/purpose/purposeOfUse").asText()).isEqualTo("TREAT");
    }
  }

  @Test
  void pagesThatTheGlassWasBrokenForAreGoneWhenTheGrantIsOver() throws Exception {
    try (var service = SealedService.start(directory, true, Duration.ofMillis(500))) {
      String path = "/fhir/Patient/p-101/$everything?_count=2";
      String next = next(service.breaking("doctor", path, SealedService.REASON));
      String plain = next(service.get("nurse", path));
      await().until(() -> service.get("doctor", next).status() == 410);
      assertThat(service.get("nurse", plain).status()).isEqualTo(200); // kept for longer
    }
  }

  @Test
  void theDenyListIsInForceWithinMomentsOfItsChange() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      assertThat(service.get("nurse", "/patients/p-101").body()).contains("OPEN-RESULT");
      Files.writeString(service.denied, "patient,section\np-101,results\n");
      await().until(() -> !service.get("nurse", "/patients/p-101").body().contains("OPEN-RESULT"));
      Files.writeString(service.denied, "p-101\n");
      await()
          .until(() ->
              service
                  .operator
                  .get("/observe/metrics")
                  .body()
                  .contains("consent_deny_list_current 0"));
      assertThat(service.get("nurse", "/patients/p-101").body()).doesNotContain("OPEN-RESULT");
    }
  }

  @Test
  void aBatchBreaksNoGlassAndIsNoEmergencyOfWhoIsNotEntitled() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      assertThat(service.breaking("doctor", "/patients/p-101", SealedService.REASON).body())
          .contains("SECRET-R");
      assertThat(service.batch("doctor", "p-101").body())
          .contains("OPEN-CONDITION")
          .doesNotContain("SECRET");
      assertThat(service.batch("doctor", "p-101", "X-Break-Glass", SealedService.REASON).status())
          .isEqualTo(400);
      assertThat(service.emergencyBatch("nurse", "p-101").status()).isEqualTo(403);
      assertThat(service.emergencyBatch("medic", "p-101").status()).isEqualTo(200);
    }
  }

  private static String anonymous(Answered answer) {
    return answer.body().replace(answer.requestId(), "ID");
  }

  private static Map<String, String> states(JsonNode chart) {
    Map<String, String> states = new TreeMap<>();
    chart
        .path("sections")
        .properties()
        .forEach(section ->
            states.put(
                section.getKey(),
                section.getValue().path("state").asText()
                    + (section.getValue().path("isWithheld").asBoolean() ? " withheld" : "")));
    return states;
  }

  private static final String HEAD =
      "%-9s %-7s %-7s %-40s %-6s %-8s %-9s %-40s %s"
          .formatted(
              "marker",
              "caller",
              "patient",
              "path",
              "status",
              "said",
              "glass",
              "shown",
              "the audit log");
}
