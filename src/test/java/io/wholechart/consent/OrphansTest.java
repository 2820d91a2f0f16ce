package io.wholechart.consent;

import static io.wholechart.Charts.answered;
import static io.wholechart.Charts.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Entry;
import io.wholechart.source.SourceReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a hidden entry refers to is hidden with it, unless something that is shown needs it. */
class OrphansTest {
  private static final Entry DRUG =
      entry("ehr", "{\"resourceType\":\"Medication\",\"id\":\"m-1\",\"x\":\"Methadone\"}");

  @Test
  void theMedicationOfAHiddenPrescriptionIsHidden() {
    var report = seen(prescription("R", "Medication/m-1"), DRUG);
    assertThat(report.result().entries()).isEmpty();
    assertThat(report.withheld().entries()).containsEntry("other", 1);
    assertThat(report.withheld().isOtherSaid()).isTrue();
  }

  @Test
  void howeverItIsReferredTo() {
    for (String reference :
        List.of(
            "http://ehr.example/fhir/Medication/m-1",
            "Medication/m-1/_history/3",
            "Medication\\/m-1")) {
      assertThat(seen(prescription("R", reference), DRUG).result().entries()).isEmpty();
    }
    Entry named = entry("ehr", "urn:uuid:7", "{\"resourceType\":\"Medication\",\"id\":\"m-1\"}");
    assertThat(seen(prescription("R", "urn:uuid:7"), named).result().entries()).isEmpty();
  }

  @Test
  void oneThatAShownPrescriptionNeedsIsShown() {
    Entry shown = prescription("N", "Medication/m-1");
    assertThat(seen(prescription("R", "Medication/m-1"), DRUG, shown).result().entries())
        .containsExactly(DRUG, shown);
  }

  @Test
  void oneThatNothingHiddenRefersToIsShown() {
    assertThat(seen(prescription("R", "Medication/m-10"), DRUG).result().entries())
        .containsExactly(DRUG);
  }

  @Test
  void whatAHiddenOneLeadsToIsHiddenToo() {
    Entry mixture =
        entry(
            "ehr",
            "{\"resourceType\":\"Medication\",\"id\":\"m-2\","
                + "\"ingredient\":[{\"itemReference\":{\"reference\":\"Medication/m-1\"}}]}");
    assertThat(seen(prescription("R", "Medication/m-2"), DRUG, mixture).result().entries())
        .isEmpty();
  }

  private static SourceReport seen(Entry... entries) {
    return Consent.FULL.considered(answered("ehr", entries));
  }

  private static Entry prescription(String label, String drug) {
    return entry(
        "ehr",
        """
        {"resourceType":"MedicationRequest","id":"r-%s","meta":{"security":[{"code":"%s"}]},
         "medicationReference":{"display":"the drug","reference" : "%s"}}
        """
            .formatted(label, label, drug));
  }
}
