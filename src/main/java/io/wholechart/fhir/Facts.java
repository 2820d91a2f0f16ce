package io.wholechart.fhir;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Coding;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Stated;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private @Nullable String wording;
  private @Nullable String status;
  private @Nullable ClinicalTime time;
  private @Nullable Stated stated;
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
    wording = codings.isEmpty() ? text(code.text()) : null;
    return this;
  }

  Facts with(String itsStatus, @Nullable String itsTime) {
    status = itsStatus;
    time = itsTime == null ? null : ClinicalTime.parse(itsTime).orElse(null);
    return this;
  }

  /** What was found. */
  Facts stating(LaboratoryResult.Value value) {
    stated =
        switch (value) {
          case LaboratoryResult.Value.Quantity(var number, var comparator, var unit) ->
              ValueText.quantity(text(comparator), written(number), name(unit));
          case LaboratoryResult.Value.Range(var low, var high, var unit) ->
              ValueText.pair(
                  ValueText.quantity(null, written(low), name(unit)),
                  " - ",
                  ValueText.quantity(null, written(high), name(unit)));
          case LaboratoryResult.Value.Ratio(var numerator, var denominator) ->
              ValueText.pair(
                  ValueText.quantity(null, written(numerator), null),
                  " : ",
                  ValueText.quantity(null, written(denominator), null));
          case LaboratoryResult.Value.Text(var words) -> ValueText.plain(words);
          case LaboratoryResult.Value.Coded(var concept) ->
              ValueText.plain(
                  concept.codes().isEmpty()
                      ? concept.text()
                      : concept.codes().getFirst().coding().code());
          case LaboratoryResult.Value.DateTime(var dateTime) -> ValueText.plain(dateTime);
          case LaboratoryResult.Value.Time(var itsTime) -> ValueText.plain(itsTime);
          case LaboratoryResult.Value.Absent _ -> null;
        };
    return this;
  }

  Facts stating(@Nullable String words) {
    stated = ValueText.plain(words);
    return this;
  }

  private static String written(String number) {
    return new BigDecimal(number).toString(); // "5." is written as 5, and read back as that
  }

  private static @Nullable String name(LaboratoryResult.@Nullable Unit unit) {
    @Nullable String code = unit == null ? null : text(unit.ucum());
    return unit == null || code != null ? code : text(unit.text());
  }

  private static @Nullable String text(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
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
        wording,
        status,
        null,
        null,
        time,
        stated,
        null,
        false,
        Set.of(),
        demographics);
  }
}
