package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.PatientRecord;
import java.util.List;
import java.util.stream.Collectors;

/** A record's conflicts in one line each: {@code birthDate: 1980 (ehr, lab) / 1981 (pharmacy)}. */
final class Conflicts {
  private Conflicts() {}

  static List<String> of(PatientRecord record) {
    return record.conflicts().stream().map(Conflicts::line).toList();
  }

  private static String line(Conflict conflict) {
    return conflict.claims().stream()
        .map(claim -> claim.value() + " (" + String.join(", ", claim.sources()) + ")")
        .collect(Collectors.joining(" / ", conflict.element() + ": ", ""));
  }
}
