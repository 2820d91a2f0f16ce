package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.audit.AuditRecord.Ended;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.journal.ReadKeys;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisclosureReportTest {
  private static final PatientId PATIENT = new PatientId("p-1001");

  @TempDir Path folder;
  private WrittenLog log;

  @BeforeEach
  void open() throws IOException {
    log = new WrittenLog(folder);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void saysWhenToWhomWhatAndWhatFor() throws Exception {
    log.write(
        Recordings.whole(
            Recordings.request("summary", "p-1001", Recordings.DOCTOR, Recordings.BROKEN_GLASS)));

    assertThat(text(Period.ALWAYS))
        .contains("Patient p-1001, all that is in the log")
        .contains("2026-01-31T08:15:00.123Z\n")
        .contains("to       Dr. Roe, u-17 of https://login.example/realm, physician/emergency,")
        .contains("by portal, from 192.0.2.7\n")
        .contains("what     a summary: 3 results; from ehr, lab\n")
        .contains("purpose  BTG, break the glass: unconscious, no consent on file\n")
        .contains("request r-2\n")
        .endsWith("1 disclosure\n");
  }

  @Test
  void listsNobodyElsesAndNothingThatWasNotShown() throws Exception {
    log.write(Recordings.whole(Recordings.request("patient-read", "p-1002")));
    log.write(Recordings.whole(Recordings.request("patient-read", "p-10011")));
    log.write(
        Recordings.refused(Recordings.request("patient-read", "p-1001"), 404, "patient-not-found"));
    log.write(new Ended(Recordings.at("2026-01-31T08:15:00Z"), 3, true, 9));

    assertThat(text(Period.ALWAYS)).endsWith("\n\n0 disclosures\n");
  }

  @Test
  void saysWhatWasOnlyAPart() throws Exception {
    log.write(Recordings.partial(Recordings.request("patient-read", "p-1001")));

    assertThat(text(Period.ALWAYS))
        .contains("what     the whole chart in part (0.5): 3 results; from ehr\n");
  }

  @Test
  void anAccessThatWasInterruptedMayHaveBeenOne() throws Exception {
    long mine =
        log.write(
            new Intent(
                Recordings.at("2026-01-31T08:00:00Z"), Recordings.request("everything", "p-1001")));
    long anothers =
        log.write(
            new Intent(
                Recordings.at("2026-01-31T08:00:00Z"), Recordings.request("everything", "p-1002")));
    log.write(new Interrupted(Recordings.at("2026-01-31T09:00:00Z"), mine));
    log.write(new Interrupted(Recordings.at("2026-01-31T09:00:00Z"), anothers));

    assertThat(text(Period.ALWAYS))
        .contains("the service ended before it said what was sent")
        .endsWith("1 disclosure, of 1 of them it is not known what was sent\n");
  }

  @Test
  void keepsToThePeriod() throws Exception {
    log.write(Recordings.whole(Recordings.request("patient-read", "p-1001")));

    assertThat(text(Period.of("2026-01-31").orElseThrow())).endsWith("1 disclosure\n");
    assertThat(text(Period.of("2026-02").orElseThrow())).endsWith("0 disclosures\n");
  }

  @Test
  void isATableToo() throws Exception {
    log.write(
        Recordings.whole(
            Recordings.request("summary", "p-1001", Recordings.DOCTOR, Recordings.BROKEN_GLASS)));
    var out = new StringBuilder();
    try (RecordLog records = records()) {
      new DisclosureReport(PATIENT, Period.ALWAYS, records).csv(out);
    }

    assertThat(out.toString().split("\r\n"))
        .hasSize(2)
        .satisfies(lines -> assertThat(lines[0]).startsWith("date,recipient,what,purpose,"))
        .satisfies(lines ->
            assertThat(lines[1])
                .startsWith("2026-01-31T08:15:00.123Z,\"Dr. Roe, u-17")
                .endsWith(",1.0,3,\"ehr, lab\",r-2,node-one 2"));
  }

  private String text(Period period) throws IOException {
    var out = new StringBuilder();
    try (RecordLog records = records()) {
      new DisclosureReport(PATIENT, period, records).text(out);
    }
    return out.toString();
  }

  private RecordLog records() throws IOException {
    return RecordLog.about(PATIENT, log.settings.directory(), ReadKeys.none(), 1);
  }
}
