package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.disclosure.EventSearch.Event;
import io.wholechart.disclosure.EventSearch.Page;
import io.wholechart.disclosure.EventSearch.Query;
import io.wholechart.journal.ReadKeys;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventSearchTest {
  private static final PatientId PATIENT = new PatientId("p-1001");

  @TempDir Path folder;
  private WrittenLog log;

  @BeforeEach
  void write() throws Exception {
    log = new WrittenLog(folder, 4096); // many segments
    for (int i = 0; i < 30; i++) {
      log.write(Recordings.whole(Recordings.request("summary", i % 3 == 0 ? "p-1001" : "p-2")));
      log.write(new Heartbeat(Recordings.at("2026-01-31T08:16:00Z"), 1));
    }
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void pagesTogetherAreEveryEventOnceInOrder() throws Exception {
    List<String> all = ids(null, 1000, 1_000_000);

    assertThat(all).hasSize(31).doesNotHaveDuplicates(); // and the journal's own beginning
    assertThat(ids(null, 7, 1_000_000)).isEqualTo(all);
    assertThat(ids(null, 1000, 4)).isEqualTo(all);
    assertThat(ids(null, 1, 1)).isEqualTo(all);
  }

  @Test
  void onlyThePatientsAreFound() throws Exception {
    assertThat(ids(PATIENT, 1000, 1_000_000)).hasSize(10);
    assertThat(ids(PATIENT, 3, 5)).isEqualTo(ids(PATIENT, 1000, 1_000_000));
  }

  @Test
  void aPageIsNoLongerThanAskedForAndSaysWhereTheNextBegins() throws Exception {
    Page page = search(1_000_000).find(new Query(PATIENT, Period.ALWAYS, 0, 2));

    assertThat(page.events()).hasSize(2);
    assertThat(page.next()).hasValue(8); // 1 is the journal's, 2 and 8 are the patient's
  }

  @Test
  void onlyWhatLiesInThePeriodIsFound() throws Exception {
    Period later = Period.search("gt2026-01-31").orElseThrow();

    assertThat(search(1_000_000).find(new Query(PATIENT, later, 0, 10)).events()).isEmpty();
  }

  private EventSearch search(int mostLines) {
    return new EventSearch(log.settings.directory(), ReadKeys.none(), mostLines);
  }

  private List<String> ids(@Nullable PatientId patient, int count, int mostLines)
      throws IOException {
    List<String> ids = new ArrayList<>();
    OptionalLong next = OptionalLong.of(0);
    while (next.isPresent()) {
      Page page =
          search(mostLines).find(new Query(patient, Period.ALWAYS, next.getAsLong(), count));
      assertThat(page.events()).hasSizeLessThanOrEqualTo(count);
      page.events().stream().map(Event::id).forEach(ids::add);
      next = page.next();
    }
    return ids;
  }
}
