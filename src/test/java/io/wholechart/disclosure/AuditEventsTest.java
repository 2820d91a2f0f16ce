package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.audit.AuditRecord.Ended;
import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.ReviewClosed;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.audit.Stamp;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditEventsTest {
  private static final Stamp NOON = Recordings.at("2026-01-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "patient-read, R, read, IHE.BasicAudit.PatientRead",
    "batch-read, R, read, IHE.BasicAudit.PatientRead",
    "patient-demographics, R, read, IHE.BasicAudit.PatientRead",
    "summary, E, search-type, IHE.BasicAudit.PatientQuery",
    "everything, E, search-type, IHE.BasicAudit.PatientQuery",
    "everything-page, E, search-type, IHE.BasicAudit.PatientQuery",
    "patient-search, E, search-type, IHE.BasicAudit.PatientQuery",
    "audit-read, E, search-type, IHE.BasicAudit.PatientQuery",
  })
  void successIsAReadOrAQueryByItsProfile(
      String interaction, String action, String restful, String profile) throws Exception {
    JsonNode event =
        event(Recordings.recorded(Recordings.whole(Recordings.request(interaction, "p-1001"))));

    assertThat(event.path("action").textValue()).isEqualTo(action);
    assertThat(event.at("/subtype/0/code").textValue()).isEqualTo(restful);
    assertThat(event.at("/meta/profile/0").textValue()).endsWith("/" + profile);
    assertThat(event.path("outcome").textValue()).isEqualTo("0");
    assertThat(event.path("recorded").textValue()).isEqualTo("2026-01-31T08:15:00.123Z");
  }

  @Test
  void whatWasServedInPartOrRefusedClaimsNoProfileAndSaysWhy() throws Exception {
    var request = Recordings.request("patient-read", "p-1001");
    JsonNode partial = event(Recordings.recorded(Recordings.partial(request)));
    JsonNode refused =
        event(Recordings.recorded(Recordings.refused(request, 503, "no-source-usable")));

    assertThat(partial.has("meta")).isFalse();
    assertThat(partial.path("outcome").textValue()).isEqualTo("4");
    assertThat(refused.has("meta")).isFalse();
    assertThat(refused.path("outcome").textValue()).isEqualTo("8");
    assertThat(refused.path("outcomeDesc").textValue()).isEqualTo("no-source-usable");
  }

  @Test
  void aRequestAboutNobodyNamesNobodyAndClaimsNoProfile() throws Exception {
    JsonNode event =
        event(Recordings.recorded(Recordings.whole(Recordings.request("capabilities", null))));

    assertThat(event.has("meta")).isFalse();
    assertThat(event.toString()).doesNotContain("Patient/");
  }

  @Test
  void aPersonIsTheRequestorAndTheProgramIsTheClient() throws Exception {
    var request =
        Recordings.request("patient-read", "p-1001", Recordings.DOCTOR, Recordings.BROKEN_GLASS);
    JsonNode agents = event(Recordings.recorded(Recordings.whole(request))).path("agent");

    assertThat(agents.findValuesAsText("requestor")).containsExactly("false", "false", "true");
    assertThat(agents.at("/0/who/identifier/value").textValue()).isEqualTo("portal");
    assertThat(agents.at("/0/network/address").textValue()).isEqualTo("192.0.2.7");
    assertThat(agents.at("/1/who/identifier/value").textValue()).isEqualTo(Recordings.NODE);
    JsonNode person = agents.path(2);
    assertThat(person.at("/who/identifier/value").textValue()).isEqualTo("u-17");
    assertThat(person.path("role").findValuesAsText("text"))
        .containsExactly("physician", "emergency");
    assertThat(person.at("/policy/0").textValue()).isEqualTo("urn:wholechart:token:jti+1%2F2");
    assertThat(person.at("/purposeOfUse/0/coding/0/code").textValue()).isEqualTo("BTG");
  }

  @Test
  void withoutAPersonTheClientIsTheRequestor() throws Exception {
    var request = Recordings.request("everything", "p-1001");
    JsonNode agents = event(Recordings.recorded(Recordings.whole(request))).path("agent");

    assertThat(agents.findValuesAsText("requestor")).containsExactly("true", "false");
    assertThat(agents.at("/0/type/coding/0/code").textValue()).isEqualTo("110153"); // asks
    assertThat(agents.at("/1/type/coding/0/code").textValue()).isEqualTo("110152"); // is asked
  }

  @Test
  void everySourceIsAnEntityWithWhatItGave() throws Exception {
    var request = Recordings.request("patient-read", "p-1001");
    JsonNode entities = event(Recordings.recorded(Recordings.partial(request))).path("entity");

    List<String> sources = new ArrayList<>();
    for (JsonNode entity : entities) {
      if (entity.at("/what/identifier/system").asText().equals("urn:wholechart:source")) {
        sources.add(
            entity.at("/what/identifier/value").textValue() + " " + detail(entity, "outcome"));
      }
    }
    assertThat(sources).containsExactly("ehr ok", "lab timeout");
    assertThat(entities.at("/0/what/reference").textValue()).isEqualTo("Patient/p-1001");
    assertThat(detail(entities.path(2), "sha256")).isEqualTo(Recordings.DIGEST);
  }

  @Test
  void anInterruptedAccessIsToldOfWithWhoAskedForWhom() throws Exception {
    JsonNode event = event(Recordings.interrupted(Recordings.request("patient-read", "p-1001")));

    assertThat(event.path("outcome").textValue()).isEqualTo("8");
    assertThat(event.path("outcomeDesc").textValue()).isEqualTo("interrupted");
    assertThat(event.at("/entity/0/what/reference").textValue()).isEqualTo("Patient/p-1001");
  }

  @Test
  void whatTellsOfTheLogIsAnEventOfItsOwnKind() throws Exception {
    JsonNode started = event(Recordings.recorded(new Status(NOON, "started", "first")));
    Instant then = Instant.parse("2026-01-31T11:00:00Z");
    JsonNode gap = event(Recordings.recorded(new Gap(NOON, then, then, 7, List.of())));
    var closed = new ReviewClosed(NOON, 3, "Dr. Roe", "was in the emergency room");
    JsonNode review = event(new Recorded("node-one-reviews", 1, closed));

    assertThat(started.at("/subtype/0/code").textValue()).isEqualTo("started");
    assertThat(gap.at("/type/code").textValue()).isEqualTo("110113"); // Security Alert
    assertThat(gap.path("outcome").textValue()).isEqualTo("12");
    assertThat(review.at("/agent/0/name").textValue()).isEqualTo("Dr. Roe");
    assertThat(review.at("/entity/0/what/identifier/value").textValue()).isEqualTo("node-one-3");
  }

  @Test
  void stepsOfAnAccessAndHeartbeatsAreNoEvents() {
    var request = Recordings.request("patient-read", "p-1001");

    assertThat(AuditEvents.write(Recordings.recorded(new Intent(NOON, request)))).isEmpty();
    assertThat(AuditEvents.write(Recordings.recorded(new Ended(NOON, 3, true, 9)))).isEmpty();
    assertThat(AuditEvents.write(Recordings.recorded(new Heartbeat(NOON, 3)))).isEmpty();
  }

  @Test
  void anIdIsLegalWhateverTheNodeIsCalled() {
    var longest = new Recorded("a_b".repeat(21), Long.MAX_VALUE, new Status(NOON, "a", "b"));

    assertThat(AuditEvents.id(longest)).matches("[A-Za-z0-9.\\-]{1,64}");
  }

  private static String detail(JsonNode entity, String type) {
    for (JsonNode detail : entity.path("detail")) {
      if (detail.path("type").asText().equals(type)) {
        return detail.path("valueString").textValue();
      }
    }
    return "none";
  }

  private static JsonNode event(Recorded recorded) throws IOException {
    return new ObjectMapper().readTree(AuditEvents.write(recorded).orElseThrow());
  }
}
