package io.wholechart.summary;

import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.completeness.SectionState;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reader of the narrative is told, in plain words. */
final class Wording {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Wording() {}

  /** How the section stands; nobody may take what is not known for what is not there. */
  static String of(@Nullable SectionCompleteness section, List<SourceReport> reports) {
    if (section == null) {
      return "UNKNOWN: no source is responsible for it. This does not mean that there is nothing.";
    }
    String answered = String.join(", ", section.answered());
    return switch (section.state()) {
      case PRESENT -> "Complete: " + answered + " answered.";
      case INCOMPLETE ->
          "INCOMPLETE: " + missing(section, reports) + ". There may be more than is shown here.";
      case UNKNOWN ->
          "UNKNOWN: " + missing(section, reports) + ". This does not mean that there is nothing.";
      case WITHHELD ->
          "WITHHELD: " + missing(section, reports) + ". This does not mean that there is nothing.";
      case NONE_RECORDED ->
          "Nothing recorded: " + answered + " answered. Nobody stated that there is nothing.";
      case NONE_KNOWN -> "None known: this was stated, as shown here; " + answered + " answered.";
    };
  }

  /** The state as a word, also where nobody is responsible. */
  static String state(@Nullable SectionCompleteness section) {
    return section == null ? SectionState.UNKNOWN.key() : section.state().key();
  }

  private static String missing(SectionCompleteness section, List<SourceReport> reports) {
    String missing =
        reports.stream()
            .filter(report -> section.expected().contains(report.source()))
            .filter(report -> !section.answered().contains(report.source()))
            .map(report -> of(report, section.coverage().section()))
            .collect(Collectors.joining("; "));
    return missing.isEmpty()
        ? section.isWithheld() ? "something is withheld" : "no source is responsible for it"
        : missing;
  }

  private static String of(SourceReport report, Section section) {
    return report.isWithheld(section) && !report.isDenied()
        ? report.source() + " may hold what is withheld from the reader"
        : of(report);
  }

  static String of(SourceReport report) {
    return report
        .result()
        .failure()
        .map(failure -> failure.message(report.source()))
        // It answered, and is missing all the same: it has said that it knows nothing.
        .orElseGet(() -> report.source() + " has no information");
  }

  /** Who says what; nobody is believed more than another. */
  static String of(Conflict conflict) {
    String how =
        switch (conflict.kind()) {
          case DEMOGRAPHICS -> "sources disagree on ";
          case NONE_KNOWN -> "one source states that there is nothing, another has something: ";
          case STATUS -> "sources give different states, ";
          case VALUE -> "sources give different values for the same test and time, ";
          case UNIT -> "sources give different units for the same test and time, ";
          case DOSAGE -> "sources say differently how the same drug is to be taken, ";
        };
    return conflict.claims().stream()
        .map(claim -> "\"" + claim.value() + "\" (" + String.join(", ", claim.sources()) + ")")
        .collect(Collectors.joining("; ", "CONFLICT: " + how + conflict.element() + ": ", "."));
  }

  static String status(ResourceFacts facts) {
    return Stream.of(facts.clinicalStatus(), facts.verificationStatus(), facts.status())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  /** As exactly as it was stated, and no more. */
  static String when(@Nullable ClinicalTime time) {
    if (time == null) {
      return "";
    }
    var at = Instant.ofEpochMilli(time.epochMillis());
    String day = at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    return switch (time.precision()) {
      case YEAR -> day.substring(0, day.length() - 6);
      case MONTH -> day.substring(0, day.length() - 3);
      case DAY -> day;
      case INSTANT -> when(at);
    };
  }

  static String when(Instant at) {
    return MINUTE.format(at);
  }
}
