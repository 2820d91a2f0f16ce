package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.Completeness;
import io.wholechart.completeness.SectionCompleteness;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.Section;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a request gets: the chart, or a problem. Pure. */
sealed interface Reply {
  record Chart(PatientRequest request, Aggregation aggregation) implements Reply {
    /** What it is to whoever summarizes it. */
    io.wholechart.summary.Chart summarized() {
      return new io.wholechart.summary.Chart(
          request.id(), aggregation.reports(), aggregation.record(), aggregation.completeness());
    }
  }

  record Failed(Problem problem) implements Reply {}

  Duration RETRY = Duration.ofSeconds(2);

  /** Of a source that was not asked nobody can say that it took too long. */
  Set<FailureReason> NOT_ASKED = Set.of(FailureReason.DENIED, FailureReason.CIRCUIT_OPEN);

  /** Decides by the contract's table, first match first. */
  static Reply to(PatientRequest request, Aggregation aggregation) {
    List<SourceReport> reports = aggregation.reports();
    Completeness completeness = aggregation.completeness();
    boolean isAllDenied = reports.stream().allMatch(SourceReport::isDenied);
    if (!isAllDenied && reports.stream().noneMatch(Reply::isUsable)) {
      return nothingUsable(reports);
    }
    if (!isAllDenied && reports.stream().allMatch(Reply::isIgnorant)) {
      return failed(Kind.PATIENT_NOT_FOUND, "every source answered, and none knows the patient");
    }
    List<String> lacking =
        request.required().stream()
            .filter(section -> isLacking(section, completeness))
            .map(Section::key)
            .toList();
    if (!lacking.isEmpty() && lacking.stream().allMatch(completeness.withheld()::contains)) {
      return new Failed(
          Problem.of(Kind.SECTION_WITHHELD, "withheld: " + String.join(", ", lacking))
              .with("sections", lacking));
    }
    if (!lacking.isEmpty()) {
      return new Failed(
          Problem.of(Kind.SECTION_MISSING, "not whole: " + String.join(", ", lacking))
              .with("sections", lacking)
              .retryAfter(RETRY));
    }
    if (completeness.answered().size() < request.minSources()) {
      return new Failed(
          Problem.of(
                  Kind.TOO_FEW_SOURCES,
                  completeness.answered().size()
                      + " answered, missing: "
                      + String.join(", ", completeness.missing()))
              .with("missing", completeness.missing())
              .retryAfter(RETRY));
    }
    return new Chart(request, aggregation);
  }

  private static boolean isUsable(SourceReport report) {
    return switch (report.result()) {
      case SourceResult.Complete _, SourceResult.NotFound _ -> true;
      case SourceResult.Incomplete(var entries, _) -> !entries.isEmpty();
      case SourceResult.Failed _ -> false;
    };
  }

  /** Whether it knows nothing of the patient, or was not asked because of who asks. */
  private static boolean isIgnorant(SourceReport report) {
    return report.isDenied()
        || (report.result().isAnswered()
            && report.result().entries().isEmpty()
            && !report.withheld().isTold());
  }

  private static Reply nothingUsable(List<SourceReport> reports) {
    List<String> names = reports.stream().map(SourceReport::source).toList();
    Set<FailureReason> reasons =
        reports.stream()
            .flatMap(r -> r.result().failure().stream())
            .map(Failure::reason)
            .filter(reason -> !NOT_ASKED.contains(reason))
            .collect(Collectors.toSet());
    boolean isTime = reasons.equals(Set.of(FailureReason.TIMEOUT));
    var problem =
        isTime
            ? Problem.of(Kind.ALL_TIMED_OUT, "none answered in time: " + String.join(", ", names))
            : Problem.of(
                Kind.NO_SOURCE,
                String.join(
                    "; ",
                    reports.stream()
                        .flatMap(r -> r.result().failure().stream().map(f -> f.message(r.source())))
                        .toList()));
    return new Failed(problem.with("missing", names).retryAfter(RETRY));
  }

  private static boolean isLacking(Section section, Completeness completeness) {
    SectionCompleteness state = completeness.sections().get(section);
    return state == null || state.state().isLacking();
  }

  private static Reply failed(Kind kind, String detail) {
    return new Failed(Problem.of(kind, detail));
  }
}
