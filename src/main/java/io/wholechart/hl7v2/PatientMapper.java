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
    return Optional.of(
        new LaboratoryPatient(
            id(identifiers),
            identifiers,
            pid.text(5, 1),
            given(pid),
            birthDate(pid.text(7)),
            gender(pid.text(8))));
  }

  private static List<String> given(Er7Segment pid) {
    List<String> given = new ArrayList<>(2);
    for (int component = 2; component <= 3; component++) {
      @Nullable String name = pid.text(5, component);
      if (name != null) {
        given.add(name);
      }
    }
    return given;
  }

  private static @Nullable String birthDate(@Nullable String sent) {
    return sent == null ? null : Hl7Times.date(sent).orElse(null);
  }

  private static @Nullable String gender(@Nullable String code) {
    return code == null ? null : Hl7Codes.gender(code);
  }

  private static List<NamedIdentifier> identifiers(Er7Segment pid, int field) {
    List<NamedIdentifier> identifiers = new ArrayList<>();
    int repetitions = pid.repetitions(field);
    for (int at = 1; at <= repetitions; at++) {
      @Nullable String value = pid.text(field, at, 1);
      if (value != null) {
        @Nullable String type = pid.text(field, at, 5);
        identifiers.add(
            new NamedIdentifier(
                value,
                authority(pid, field, at),
                type != null && type.chars().noneMatch(Character::isWhitespace) ? type : null,
                pid.text(field, at, 4)));
      }
    }
    return identifiers;
  }

  /** CX.4: an authority with an ISO OID has a URI; a local name has none. */
  private static @Nullable String authority(Er7Segment pid, int field, int repetition) {
    @Nullable String oid = pid.text(field, repetition, 4, 2);
    return oid != null && Hl7Codes.isOid(oid) ? "urn:oid:" + oid : null;
  }

  private static String id(List<NamedIdentifier> identifiers) {
    String first = identifiers.getFirst().value();
    return PatientId.isLegal(first)
        ? first
        : UUID.nameUUIDFromBytes(first.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
