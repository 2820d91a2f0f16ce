package io.wholechart.identity;

import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.List;
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
   * @param suspects the entries that may be another's; withheld as well, unless the rule shows them
   * @param grounds by what these were told
   */
  public record Checked(SourceReport report, int mismatches, int suspects, Set<Ground> grounds) {
    public Checked {
      grounds = Set.copyOf(grounds);
    }
  }

  /** Checks all sources at once, since they are held against one another. */
  public static List<Checked> check(List<SourceReport> reports, SuspectRule rule) {
    Numbers numbers = Numbers.of(reports);
    Reference reference = Reference.of(reports, numbers);
    List<Checked> checked = new ArrayList<>(reports.size());
    for (SourceReport report : reports) {
      checked.add(check(report, numbers, reference, rule));
    }
    return checked;
  }

  private static Checked check(
      SourceReport report, Numbers numbers, Reference reference, SuspectRule rule) {
    List<Entry> entries = report.result().entries();
    var subjects = new Subjects(report.asked(), numbers, reference, entries);
    List<Entry> verified = new ArrayList<>(entries.size());
    int mismatches = 0;
    int suspects = 0;
    @Nullable IdentityVerdict worst = null;
    for (Entry entry : entries) {
      IdentityVerdict verdict = subjects.verdict(entry.facts());
      worst = worst == null || verdict.compareTo(worst) > 0 ? verdict : worst;
      mismatches += verdict == IdentityVerdict.MISMATCH ? 1 : 0;
      suspects += verdict == IdentityVerdict.SUSPECT ? 1 : 0;
      if (verdict != IdentityVerdict.MISMATCH
          && (verdict != IdentityVerdict.SUSPECT || rule == SuspectRule.SHOW)) {
        verified.add(entry.withIdentity(verdict));
      }
    }
    SourceResult result =
        verified.size() == entries.size()
            ? replaced(report.result(), verified)
            : distrusted(verified, mismatches, suspects);
    return new Checked(
        report.with(result).identified(worst), mismatches, suspects, subjects.grounds());
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
  private static SourceResult distrusted(List<Entry> verified, int mismatches, int suspects) {
    List<Entry> proven =
        verified.stream()
            .filter(e ->
                e.identity() == IdentityVerdict.MATCH || ABOUT_NOBODY.contains(e.facts().type()))
            .toList();
    int withheld = mismatches + suspects;
    var failure =
        new Failure(
            FailureReason.IDENTITY_MISMATCH,
            "sent "
                + (withheld == 1 ? "an entry" : withheld + " entries")
                + (mismatches == 0 ? " that may be another patient's" : " of another patient")
                + ", withheld here");
    boolean hasProof = proven.stream().anyMatch(e -> e.identity() == IdentityVerdict.MATCH);
    return hasProof
        ? new SourceResult.Incomplete(proven, failure)
        : new SourceResult.Failed(failure);
  }
}
