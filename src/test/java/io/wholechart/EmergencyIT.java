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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Being in a hurry and being allowed are two things: who asks as an emergency, who breaks the
 * glass, what is answered, what the audit log has of it and whether somebody will look at it. It
 * leaves the table in {@code target/}.
 */
class EmergencyIT {
  private static final String OK = SealedService.REASON;
  private static final String NO_EMERGENCY = "emergency-not-entitled";
  private static final String NO_GLASS = "break-glass-not-entitled";
  private static final String BAD_GLASS = "bad-break-glass";

  /**
   * A request and what is to come of it.
   *
   * @param glass what X-Break-Glass says; one header a line, none where it is empty
   * @param problem empty where it is served
   * @param purpose that the record has
   * @param granted the urgency that the record has; empty where it was not served
   * @param isReviewed whether it is on the review queue
   * @param isShown whether what is labelled is in the answer
   */
  private record Case(
      String who,
      String patient,
      String urgency,
      String glass,
      int status,
      String problem,
      String purpose,
      String granted,
      boolean isReviewed,
      boolean isShown) {}

  private static Case served(
      String who, String patient, String urgency, String glass, String purpose, boolean isShown) {
    boolean isReviewed = !purpose.equals("TREAT");
    return new Case(who, patient, urgency, glass, 200, "", purpose, urgency, isReviewed, isShown);
  }

  private static Case refused(
      String who, String patient, String urgency, String glass, int status, String problem) {
    boolean isEmergency = urgency.equals("emergency") && !problem.equals(NO_EMERGENCY);
    String purpose = isEmergency ? "ETREAT" : "TREAT";
    return new Case(who, patient, urgency, glass, status, problem, purpose, "", false, false);
  }

  private static final List<Case> CASES =
      List.of(
          served("nurse", "p-101", "normal", "", "TREAT", false),
          served("nurse", "p-101", "urgent", "", "TREAT", false),
          refused("nurse", "p-101", "emergency", "", 403, NO_EMERGENCY),
          refused("nurse", "x-nobody", "emergency", "", 403, NO_EMERGENCY), // as if there were one
          served("medic", "p-102", "emergency", "", "ETREAT", false),
          new Case(
              "medic",
              "x-nobody",
              "emergency",
              "",
              404,
              "patient-not-found",
              "ETREAT",
              "emergency",
              false,
              false),
          served("doctor", "p-103", "normal", OK, "BTG", true),
          served("doctor", "p-103", "normal", "", "BTG", true), // it stands for a while
          served("doctor", "p-104", "normal", "", "TREAT", false), // not for another patient
          served("consultant", "p-103", "normal", "", "TREAT", false), // nor for another caller
          served("doctor", "p-105", "emergency", OK, "BTG", true),
          served("doctor", "p-106", "emergency", "", "ETREAT", false), // an emergency breaks none
          refused("consultant", "p-107", "emergency", OK, 403, NO_EMERGENCY),
          served("consultant", "p-107", "normal", OK, "BTG", true),
          refused("nurse", "p-108", "normal", OK, 403, NO_GLASS),
          refused("nurse", "x-nobody", "normal", OK, 403, NO_GLASS),
          refused("medic", "p-108", "emergency", OK, 403, NO_GLASS),
          refused("doctor", "p-108", "normal", "ETREAT", 400, BAD_GLASS),
          refused("doctor", "p-108", "normal", "ETREAT; too short", 400, BAD_GLASS),
          refused("doctor", "p-108", "normal", "ETREAT; aaaaaaaaaaaaaaaaaaaa", 400, BAD_GLASS),
          refused("doctor", "p-108", "emergency", "OTHER; no kin to ask at all", 400, BAD_GLASS),
          refused("doctor", "p-108", "normal", OK + "\n" + OK, 400, BAD_GLASS),
          refused("nurse", "p-108", "normal", "ETREAT; too short", 400, BAD_GLASS),
          served("doctor", "p-3", "emergency", OK, "BTG", true), // the deny list as well
          served("launched", "p-1", "emergency", OK, "BTG", true),
          refused("launched", "p-109", "emergency", OK, 403, "other-patient"),
          served("labdoctor", "p-110", "normal", OK, "BTG", false)); // but never scopes

  @TempDir Path directory;

  @Test
  void everyCaseIsAnsweredRecordedAndReviewedAsItShould() throws Exception {
    List<String> table = new ArrayList<>(List.of(HEAD));
    Map<Case, JsonNode> records = new LinkedHashMap<>();
    try (var service = SealedService.start(directory, true)) {
      for (Case one : CASES) {
        Answered answer = ask(service, one);
        JsonNode record = service.recordOf(answer);
        records.put(one, record);
        check(one, answer, record);
      }
      String queue = service.reviewQueue();
      for (Case one : CASES) {
        long seq = records.get(one).path("seq").asLong();
        boolean isQueued = queue.lines().anyMatch(line -> line.startsWith(seq + "  "));
        assertThat(isQueued).as("%s on the queue", one).isEqualTo(one.isReviewed());
        table.add(row(one, records.get(one), isQueued));
      }
      assertThat(queue).contains("BTG, break the glass: " + OK).contains("ehr/Condition/c-r");
      assertThat(metrics(service))
          .contains("access_break_glass_total{outcome=\"granted\"} " + granted() + ".0");
    }
    assertThat(CASES).hasSizeGreaterThanOrEqualTo(24);
    Files.write(Path.of("target/emergency.txt"), table, UTF_8);
  }

  private static Answered ask(SealedService service, Case one) throws Exception {
    List<String> headers = new ArrayList<>();
    one.glass().lines().forEach(glass -> headers.addAll(List.of("X-Break-Glass", glass)));
    return service.get(
        one.who(),
        "/patients/" + one.patient() + "?urgency=" + one.urgency(),
        headers.toArray(String[]::new));
  }

  private static void check(Case one, Answered answer, JsonNode record) {
    assertThat(answer.status()).as("%s", one).isEqualTo(one.status());
    assertThat(answer.body().contains("SECRET-R")).as("%s", one).isEqualTo(one.isShown());
    JsonNode purpose = record.path("purpose");
    assertThat(purpose.path("purposeOfUse").asText()).as("%s", one).isEqualTo(one.purpose());
    assertThat(purpose.path("urgencyAsked").asText()).as("%s", one).isEqualTo(one.urgency());
    assertThat(purpose.path("urgencyGranted").asText("")).as("%s", one).isEqualTo(one.granted());
    assertThat(record.path("problem").asText("")).as("%s", one).isEqualTo(one.problem());
    assertThat(record.path("patientId").asText()).isEqualTo(one.patient());
    boolean isBroken = one.purpose().equals("BTG");
    assertThat(purpose.path("reason").asText("")).as("%s", one).isEqualTo(isBroken ? OK : "");
    assertThat(answer.header("X-Break-Glass").startsWith("until=")).isEqualTo(isBroken);
    if (one.isShown()) {
      assertThat(record.path("names").toString())
          .contains("ehr/Condition/c-r", "clinic/Procedure/proc-1");
    } else if (one.status() == 200) {
      assertThat(record.path("withheld").path("conditions").asInt()).isPositive();
    }
    if (one.status() == 403 && !one.problem().equals("other-patient")) {
      assertThat(answer.json().path("detail").asText()).contains("urgency=normal is open");
    }
    assertThat(answer.body()).doesNotContain("no kin");
  }

  @Test
  void aGrantIsOverWhenItsTimeIs() throws Exception {
    try (var service = SealedService.start(directory, true, Duration.ofMillis(300))) {
      assertThat(service.breaking("doctor", "/patients/p-1", OK).body()).contains("SECRET-R");
      await().until(() -> !service.get("doctor", "/patients/p-1").body().contains("SECRET-R"));
    }
  }

  @Test
  void noGlassIsBrokenForSeveralOrForSomebodyWhoIsLookedFor() throws Exception {
    try (var service = SealedService.start(directory, true)) {
      assertThat(service.breaking("doctor", "/patients/p-1", OK).status()).isEqualTo(200);
      Answered search = service.breaking("doctor", "/fhir/Patient?identifier=p-1", OK);
      assertThat(search.status()).isEqualTo(400);
      Answered found = service.get("doctor", "/fhir/Patient?identifier=p-1");
      assertThat(service.recordOf(found).at("/purpose/purposeOfUse").asText()).isEqualTo("TREAT");
    }
  }

  private static long granted() {
    return CASES.stream().filter(c -> c.purpose().equals("BTG") && !c.glass().isEmpty()).count();
  }

  private static String metrics(SealedService service) throws Exception {
    return service.operator.get("/observe/metrics").body();
  }

  private static final String HEAD =
      "%-11s %-9s %-10s %-39s %-6s %-25s %-7s %-10s %-8s %s"
          .formatted(
              "caller",
              "patient",
              "urgency",
              "X-Break-Glass",
              "status",
              "problem",
              "purpose",
              "granted",
              "review",
              "shown past labels, by the audit log");

  private static String row(Case one, JsonNode record, boolean isQueued) {
    return "%-11s %-9s %-10s %-39s %-6d %-25s %-7s %-10s %-8s %s"
        .formatted(
            one.who(),
            one.patient(),
            one.urgency(),
            one.glass().isEmpty() ? "-" : one.glass().replaceFirst("\n.*", " twice"),
            record.path("httpStatus").asInt(),
            one.problem().isEmpty() ? "-" : one.problem(),
            record.at("/purpose/purposeOfUse").asText(),
            record.at("/purpose/urgencyGranted").asText("-"),
            isQueued ? "waits" : "-",
            record.path("names").isMissingNode() ? "-" : record.path("names").toString());
  }
}
