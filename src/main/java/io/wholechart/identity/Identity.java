package io.wholechart.identity;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the sources sent against the patient who was asked for. */
public final class Identity {
  /** What is about no patient at all, and so cannot be about the wrong one. */
  private static final Set<String> ABOUT_NOBODY =
      Set.of(
          "Practitioner",
          "PractitionerRole",
          "Organization",
          "Location",
          "HealthcareService",
          "Endpoint",
          "Medication",
          "Substance");

  private Identity() {}

  /**
   * A source's report after the check.
   *
   * @param mismatches the entries that name somebody else; they are not in the report any more
   */
  public record Checked(SourceReport report, int mismatches) {}

  public static List<Checked> check(PatientId asked, List<SourceReport> reports) {
    Set<String> known = identifiersOf(asked, reports);
    return reports.stream().map(report -> check(asked, known, report)).toList();
  }

  /**
   * The asked id and the identifiers of every Patient who bears it. One step and no further: chains
   * of shared identifiers would end, through some placeholder number, at a stranger.
   */
  private static Set<String> identifiersOf(PatientId asked, List<SourceReport> reports) {
    Set<String> known = new HashSet<>(Set.of(asked.value()));
    for (SourceReport report : reports) {
      for (Entry entry : report.result().entries()) {
        @Nullable Demographics patient = entry.facts().demographics();
        boolean isTheirs =
            patient != null
                && (asked.value().equals(entry.facts().id())
                    || patient.identifiers().contains(asked.value()));
        if (isTheirs) {
          known.addAll(Objects.requireNonNull(patient).identifiers());
        }
      }
    }
    return known;
  }

  private static Checked check(PatientId asked, Set<String> known, SourceReport report) {
    var subjects = new Subjects(asked, known, report.result().entries());
    List<Entry> verified = new ArrayList<>();
    int mismatches = 0;
    for (Entry entry : report.result().entries()) {
      IdentityVerdict verdict = subjects.verdict(entry.facts());
      if (verdict == IdentityVerdict.MISMATCH) {
        mismatches++;
      } else {
        verified.add(entry.withIdentity(verdict));
      }
    }
    if (mismatches == 0) {
      return new Checked(report.with(replaced(report.result(), verified)), 0);
    }
    return new Checked(report.with(distrusted(verified, mismatches)), mismatches);
  }

  private static SourceResult replaced(SourceResult result, List<Entry> entries) {
    return switch (result) {
      case SourceResult.Complete _ -> new SourceResult.Complete(entries);
      case SourceResult.Incomplete(_, var failure) -> new SourceResult.Incomplete(entries, failure);
      case SourceResult.NotFound notFound -> notFound;
      case SourceResult.Failed failed -> failed;
    };
  }

  /** A source that mixes patients up is believed only where an entry proves itself. */
  private static SourceResult distrusted(List<Entry> verified, int mismatches) {
    List<Entry> proven =
        verified.stream()
            .filter(e ->
                e.identity() == IdentityVerdict.MATCH || ABOUT_NOBODY.contains(e.facts().type()))
            .toList();
    var failure =
        new Failure(
            FailureReason.IDENTITY_MISMATCH,
            "sent "
                + (mismatches == 1 ? "an entry" : mismatches + " entries")
                + " of another patient, withheld here");
    boolean hasProof = proven.stream().anyMatch(e -> e.identity() == IdentityVerdict.MATCH);
    return hasProof
        ? new SourceResult.Incomplete(proven, failure)
        : new SourceResult.Failed(failure);
  }
}
