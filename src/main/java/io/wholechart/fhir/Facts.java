package io.wholechart.fhir;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.ResourceFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a resource that is being written: noted, since reading them back out of it would
 * cost as much as writing it.
 */
final class Facts {
  private final String type;
  private final String id;
  private List<String> subjects = List.of();
  private List<Identifier> subjectIdentifiers = List.of();
  private List<Demographics> described = List.of();
  private List<Coding> codings = List.of();
  private @Nullable String status;
  private @Nullable ClinicalTime time;
  private @Nullable Demographics demographics;

  private Facts(String type, String id) {
    this.type = type;
    this.id = id;
  }

  static Facts of(String type, String id) {
    return new Facts(type, id);
  }

  String type() {
    return type;
  }

  String id() {
    return id;
  }

  Facts with(Demographics itself) {
    demographics = itself;
    return this;
  }

  /** A subject that is referred to, with the first of its identifiers. */
  Facts with(@Nullable LaboratoryPatient subject) {
    if (subject != null) {
      subjects = List.of("Patient/" + subject.id());
      subjectIdentifiers =
          subject.identifiers().isEmpty()
              ? List.of()
              : List.of(subject.identifiers().getFirst().plain());
    }
    return this;
  }

  /** A subject that only an identifier names. */
  Facts with(@Nullable NamedIdentifier subject) {
    subjectIdentifiers = subject == null ? List.of() : List.of(subject.plain());
    return this;
  }

  /** A subject that is described and not referred to. */
  Facts describing(@Nullable Demographics subject) {
    described = subject == null ? List.of() : List.of(subject);
    return this;
  }

  Facts with(CodedText code) {
    List<Coding> named = new ArrayList<>(code.codes().size());
    for (CodedText.Named one : code.codes()) {
      named.add(one.coding());
    }
    codings = named;
    return this;
  }

  Facts with(String itsStatus, @Nullable String itsTime) {
    status = itsStatus;
    time = itsTime == null ? null : ClinicalTime.parse(itsTime).orElse(null);
    return this;
  }

  ResourceFacts all() {
    return new ResourceFacts(
        null,
        type,
        id,
        subjects,
        subjectIdentifiers,
        described,
        codings,
        status,
        null,
        null,
        time,
        null,
        false,
        demographics);
  }
}
