package io.wholechart.aggregate;

import io.wholechart.completeness.Completeness;
import io.wholechart.consent.Consent;
import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.identity.Identity;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.identity.SuspectRule;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.merge.Merge;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Urgency;
import io.wholechart.source.PatientSource;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers one patient's chart from all sources. */
public final class PatientAggregator {
  private static final Log LOG = Log.of(PatientAggregator.class);

  private final List<PatientSource> sources;
  private final Crosswalk crosswalk;
  private final DeadlineSettings deadlines;
  private final SuspectRule suspects;
  private final Metrics metrics;

  public PatientAggregator(
      List<PatientSource> sources,
      Crosswalk crosswalk,
      DeadlineSettings deadlines,
      SuspectRule suspects,
      Metrics metrics) {
    this.sources = List.copyOf(sources);
    this.crosswalk = crosswalk;
    this.deadlines = deadlines;
    this.suspects = suspects;
    this.metrics = metrics;
  }

  /** The same for a request that did not have to wait, of somebody who may see everything. */
  public Aggregation aggregate(PatientId id, Urgency urgency) throws InterruptedException {
    return aggregate(id, urgency, Consent.FULL, System.nanoTime());
  }

  /**
   * Gathers the chart by the deadline of the urgency.
   *
   * @param consent what of it may be seen
   * @param since when the deadline began, by {@link System#nanoTime}: when the request was read, so
   *     that waiting for its turn counts
   */
  public Aggregation aggregate(PatientId id, Urgency urgency, Consent consent, long since)
      throws InterruptedException {
    Duration deadline = deadlines.of(urgency);

    List<PatientSource> asked =
        sources.stream().filter(source -> consent.asks(source.name(), source.sections())).toList();
    List<SourceReport> answers =
        withDenied(FanOut.ask(asked, crosswalk, id, urgency, deadline, since));
    List<SourceReport> reports =
        Identity.check(answers, suspects).stream()
            .map(this::alarmed)
            .map(consent::considered)
            .toList();
    PatientRecord record = Merge.merge(entries(reports));
    Completeness completeness = Completeness.of(reports, record);

    var elapsed = Duration.ofNanos(System.nanoTime() - since);
    measure(reports, completeness, urgency, deadline, elapsed);
    return new Aggregation(reports, record, completeness, elapsed);
  }

  /**
   * Whose number it is, by the deadline of the urgency, which is the same one that gathering has.
   *
   * @param since as for {@link #aggregate}
   */
  public Holder holder(SearchedIdentifier identifier, Urgency urgency, long since)
      throws InterruptedException {
    return FanOut.holder(crosswalk, identifier, urgency, deadlines.of(urgency), since);
  }

  /** All sources' reports, in their order. */
  private List<SourceReport> withDenied(List<SourceReport> answers) {
    if (answers.size() == sources.size()) {
      return answers;
    }
    Map<String, SourceReport> byName = new HashMap<>();
    answers.forEach(answer -> byName.put(answer.source(), answer));
    List<SourceReport> all = new ArrayList<>(sources.size());
    for (PatientSource source : sources) {
      @Nullable SourceReport answer = byName.get(source.name());
      all.add(answer == null ? SourceReport.denied(source.name(), source.sections()) : answer);
    }
    return all;
  }

  private SourceReport alarmed(Checked checked) {
    if (checked.mismatches() > 0 || checked.suspects() > 0) {
      String source = checked.report().source();
      LOG.error(
          "from source {}: {} entries of another patient, {} that may be, told by {}",
          Safe.configured(source),
          Safe.number(checked.mismatches()),
          Safe.number(checked.suspects()),
          Safe.kinds(checked.grounds()));
      metrics.identityMismatch(source, checked.mismatches());
      metrics.identitySuspect(source, checked.suspects());
    }
    return checked.report();
  }

  private static List<Entry> entries(List<SourceReport> reports) {
    return reports.stream().flatMap(report -> report.result().entries().stream()).toList();
  }

  private void measure(
      List<SourceReport> reports,
      Completeness completeness,
      Urgency urgency,
      Duration deadline,
      Duration elapsed) {
    for (SourceReport report : reports) {
      metrics.sourceFetch(report.source(), report.result().status(), report.elapsed());
      metrics.withheld(report.source(), report.withheld().count());
    }
    // Cutting sources off takes about a millisecond after the deadline struck; that is still in
    // time.
    boolean isDeadlineMet = elapsed.compareTo(deadline.plusMillis(100)) <= 0;
    metrics.aggregation(urgency, completeness.extent(), isDeadlineMet, elapsed);
  }
}
