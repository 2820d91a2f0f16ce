package io.wholechart.hl7v2;

import io.wholechart.fhir.LaboratoryPatient;
import io.wholechart.fhir.NamedIdentifier;
import io.wholechart.patient.PatientId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maps PID: who the results are of. */
final class PatientMapper {
  private PatientMapper() {}

  /** The patient; none where no identifier says who that is. */
  static Optional<LaboratoryPatient> patient(Er7Segment pid) {
    List<NamedIdentifier> identifiers = identifiers(pid, 3);
    if (identifiers.isEmpty()) {
      identifiers.addAll(identifiers(pid, 2)); // where version 2.2 had it
      identifiers.addAll(identifiers(pid, 4));
    }
    if (identifiers.isEmpty()) {
      return Optional.empty();
    }
    List<String> given = new ArrayList<>();
    pid.text(5, 2).ifPresent(given::add);
    pid.text(5, 3).ifPresent(given::add);
    return Optional.of(
        new LaboratoryPatient(
            id(identifiers),
            identifiers,
            pid.text(5, 1).orElse(null),
            given,
            pid.text(7).flatMap(Hl7Times::date).orElse(null),
            pid.text(8).map(Hl7Codes::gender).orElse(null)));
  }

  private static List<NamedIdentifier> identifiers(Er7Segment pid, int field) {
    List<NamedIdentifier> identifiers = new ArrayList<>();
    for (int repetition = 1; repetition <= pid.repetitions(field); repetition++) {
      int at = repetition;
      pid.text(field, at, 1)
          .ifPresent(value ->
              identifiers.add(
                  new NamedIdentifier(
                      value,
                      authority(pid, field, at),
                      pid.text(field, at, 5).filter(t -> t.matches("\\S+")).orElse(null),
                      pid.text(field, at, 4).orElse(null))));
    }
    return identifiers;
  }

  /** CX.4: an authority with an ISO OID has a URI; a local name has none. */
  private static @Nullable String authority(Er7Segment pid, int field, int repetition) {
    return pid.text(field, repetition, 4, 2)
        .filter(oid -> oid.matches("[0-2](\\.[0-9]+)+"))
        .map(oid -> "urn:oid:" + oid)
        .orElse(null);
  }

  private static String id(List<NamedIdentifier> identifiers) {
    String first = identifiers.getFirst().value();
    return PatientId.isLegal(first)
        ? first
        : UUID.nameUUIDFromBytes(first.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
