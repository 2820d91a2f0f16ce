package io.wholechart.merge;

import static io.wholechart.Charts.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemographicConflictsTest {
  @Test
  void aDisagreementIsListedWithWhoSaysWhat() {
    var record =
        Merge.merge(
            List.of(
                patient("ehr", "Ng", "Ana", "1980-05-04"),
                patient("lab", "Ng", "Ana Maria", "1980-05-04"),
                patient("pharmacy", "Ng", "Ana", "1980-04-05")));
    assertThat(Conflicts.of(record))
        .containsExactly(
            "birthDate: 1980-05-04 (ehr, lab) / 1980-04-05 (pharmacy)",
            "name.given: Ana (ehr, pharmacy) / Ana Maria (lab)");
  }

  @Test
  void whatASourceLeavesOutIsNoClaim() {
    Entry bare = entry("lab", "{\"resourceType\":\"Patient\",\"id\":\"p-1\"}");
    assertThat(Merge.merge(List.of(patient("ehr", "Ng", "Ana", "1980"), bare)).conflicts())
        .isEmpty();
  }

  @Test
  void aSourceThatContradictsItselfIsAConflictToo() {
    var record =
        Merge.merge(
            List.of(
                patient("ehr", "Ng", "Ana", "1980"),
                patient("ehr", "Ng", "Ana", "1980"),
                patient("ehr", "Ng", "Ana", "1981")));
    assertThat(Conflicts.of(record)).containsExactly("birthDate: 1980 (ehr) / 1981 (ehr)");
    assertThat(record.in(Section.PATIENT)).hasSize(3);
  }

  private static Entry patient(String source, String family, String given, String birthDate) {
    return entry(
        source,
        """
        {"resourceType": "Patient", "name": [{"family": "%s", "given": ["%s"]}], "birthDate": "%s",
         "gender": "female"}
        """
            .formatted(family, given, birthDate));
  }
}
