package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.Distribution.Ended;
import io.wholechart.hospital.Outage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request to what those who read the audit log make of it, while the service runs. */
class AuditReadersIT {
  @TempDir static Path folder;
  private static HospitalService service;
  private static AuditCommands audit;

  @BeforeAll
  static void start() throws IOException {
    service = HospitalService.start(folder.resolve("audit"));
    audit = new AuditCommands(folder.resolve("audit"));
  }

  @AfterAll
  static void stop() throws IOException {
    service.close();
  }

  @Test
  void aPatientIsToldWhoGotWhatAndWhatFor() throws Exception {
    Answered chart = service.get("/patients/p-1005");
    service.getWhile(Outage.DOWN, "/fhir/Patient/p-1005/$summary?urgency=emergency", "imaging");
    service.get("/patients/p-1005?urgency=high"); // discloses nothing

    Ended report = audit.run("report", "--patient", "p-1005");

    assertThat(report.exitCode()).isZero();
    assertThat(report.out())
        .contains("Patient p-1005, all that is in the log")
        .contains("to       anonymous, from 127.0.0.1\n")
        .contains("what     the whole chart: 3 patient, 1 allergies, ")
        .contains("from ehr, lab")
        .contains("request " + chart.requestId() + "\n")
        .contains("what     a summary in part (0.75): ")
        .contains("purpose  TREAT, treatment\n")
        .contains("purpose  ETREAT, emergency treatment\n")
        .endsWith("\n2 disclosures\n");
    Ended table = audit.run("report", "--patient", "p-1005", "--format", "csv");
    assertThat(table.out().split("\r\n")).hasSize(3);
    Ended longAgo = audit.run("report", "--patient", "p-1005", "--to", "2020");
    assertThat(longAgo.out()).endsWith("\n0 disclosures\n");
  }

  @Test
  void anEmergencyWaitsUntilSomebodyHasReviewedIt() throws Exception {
    service.get("/patients/p-1006?urgency=emergency");
    Ended before = audit.run("review", "--emergency");
    String seq = group("(?m)^(\\d+)  \\S+  patient p-1006$", before.out());

    Ended closed =
        audit.run("review", "--close", seq, "--by", "Dr. Roe", "--note", "was in room 4");
    Ended again = audit.run("review", "--close", seq, "--by", "Dr. Roe", "--note", "twice");
    Ended after = audit.run("review", "--emergency");

    assertThat(before.exitCode()).isEqualTo(2);
    assertThat(closed.err()).isEmpty();
    assertThat(closed.exitCode()).isZero();
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).isEqualTo("record " + seq + " was reviewed before\n");
    assertThat(after.out()).doesNotContain("p-1006");
    assertThat(audit.run("export", "--format", "fhir").out())
        .contains("\"review-closed\"")
        .contains("was in room 4");
    assertThat(audit.run("verify").out()).contains("\nreviews whole: ");
  }

  @Test
  void aReceiptIsProvenToSomebodyWithoutTheLog() throws Exception {
    String receipt = service.get("/patients/p-1007").header("X-Audit-Receipt");

    Path proof = folder.resolve("access.tlog-proof");
    Files.writeString(proof, signed("prove", "--receipt", receipt).out());

    Path key = folder.resolve("audit/keys/epoch-000001.pub");
    Ended checked = verifyProof(proof, key);
    assertThat(checked.exitCode()).isZero();
    assertThat(checked.out())
        .startsWith("proven: signed for at ")
        .contains("patient  p-1007\n", "what     the whole chart\n", "answer   200, ");
    Files.writeString(proof, Files.readString(proof).replace("\nindex ", "\nindex 1"));
    Ended changed = verifyProof(proof, key);
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.out()).startsWith("not proven: ");
  }

  @Test
  void whatWasShownIsKnownByItsBytes() throws Exception {
    Answered answered = service.get("/fhir/Patient/p-1008/$everything");
    String receipt = answered.header("X-Audit-Receipt");
    Path answer = Files.writeString(folder.resolve("answer.json"), answered.body());
    Path other = Files.writeString(folder.resolve("other.json"), answered.body() + " ");

    Ended same = signed("what-was-shown", "--receipt", receipt, "--file", answer.toString());
    Ended changed = audit.run("what-was-shown", "--receipt", receipt, "--file", other.toString());

    assertThat(same.out()).startsWith("shown: these were the bytes\n").contains("p-1008");
    assertThat(changed.exitCode()).isEqualTo(3);
    assertThat(changed.out()).startsWith("not shown: other bytes were\n");
    Ended foreign =
        audit.run("what-was-shown", "--receipt", "x;seq=2;size=0", "--file", answer.toString());
    assertThat(foreign.exitCode()).isEqualTo(1);
    assertThat(foreign.err()).startsWith("the receipt is of the log of x");
  }

  @Test
  void whatIsNotOldEnoughIsKept() {
    Ended retained = audit.run("retain", "--older-than", "P6Y");

    assertThat(retained.err()).isEmpty();
    assertThat(retained.out()).isEqualTo("dropped 0 segments; the log begins with record 1\n");
    assertThat(audit.run("retain", "--older-than", "P0D").exitCode()).isEqualTo(1);
  }

  @Test
  void aLineOfABatchIsKnownByItsOwnReceipt() throws Exception {
    Answered batch =
        service.caller.post("/patients/_batch", "application/json", "{\"ids\":[\"p-1002\"]}");
    String receipt = batch.json().path("auditReceipt").textValue();

    Ended proven = signed("prove", "--receipt", receipt);

    assertThat(proven.out()).startsWith("c2sp.org/tlog-proof@v1\n");
  }

  @Test
  void auditorsFindAccessesAPageAtATimeAndAreRecordedThemselves() throws Exception {
    for (int i = 0; i < 5; i++) {
      service.get("/fhir/Patient/p-1004");
    }
    List<String> ids = new ArrayList<>();
    String next = "/fhir/AuditEvent?patient=Patient/p-1004&date=ge2026-01-01&_count=2";
    while (!next.isEmpty()) {
      Answered page = service.operator.get(next);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.json().path("entry").size()).isLessThanOrEqualTo(2);
      for (JsonNode entry : page.json().path("entry")) {
        assertThat(entry.at("/resource/resourceType").textValue()).isEqualTo("AuditEvent");
        assertThat(entry.path("resource").toString()).contains("\"Patient/p-1004\"");
        ids.add(entry.at("/resource/id").textValue());
      }
      next = next(page.json());
    }
    assertThat(ids).hasSize(5).doesNotHaveDuplicates(); // and not the pages themselves
    JsonNode all = service.operator.get("/fhir/AuditEvent?patient=p-1004").json();
    assertThat(all.path("total").intValue()).isGreaterThan(5); // and those by now
    assertThat(audit.run("report", "--patient", "p-1004").out())
        .contains("what     who looked at the chart\n")
        .contains("purpose  HCOMPL, health compliance\n");
  }

  @Test
  void aSearchThatCannotBeMadeIsRefusedWithTheReason() throws Exception {
    for (String search : List.of("patient=p_1", "date=yesterday", "_count=0", "outcome=0")) {
      Answered refused = service.operator.get("/fhir/AuditEvent?" + search);

      assertThat(refused.status()).as(search).isEqualTo(400);
      assertThat(refused.json().path("resourceType").textValue()).isEqualTo("OperationOutcome");
    }
    assertThat(service.operator.send("POST", "/fhir/AuditEvent").status()).isEqualTo(405);
    assertThat(service.get("/fhir/AuditEvent?patient=p-1001").status()).isEqualTo(404);
  }

  /** Runs until the access is signed for, which a running service does each second. */
  private static Ended signed(String command, String... arguments) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .pollDelay(Duration.ZERO)
        .until(() -> audit.run(command, arguments), ended -> ended.exitCode() == 0);
  }

  private static Ended verifyProof(Path proof, Path key) {
    return AuditCommands.wholechart(
        "audit", "verify-proof", "--proof", proof.toString(), "--key", key.toString());
  }

  private static String next(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        String url = link.path("url").textValue();
        return url.substring(url.indexOf("/fhir/"));
      }
    }
    return "";
  }

  private static String group(String pattern, String text) {
    var matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
