package io.wholechart.disclosure;

import static io.wholechart.disclosure.Csv.orEmpty;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.audit.AnswerGiven;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.journal.ReadKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log and its reviews for other programs, a record at a time however long they are. */
public final class Export {
  private static final List<String> COLUMNS =
      List.of(
          "at",
          "node",
          "seq",
          "outcome",
          "httpStatus",
          "problem",
          "interaction",
          "patientId",
          "name",
          "subject",
          "issuer",
          "client",
          "address",
          "purposeOfUse",
          "reason",
          "urgency",
          "completeness",
          "sources",
          "requestId",
          "requests",
          "sha256");

  private final Path directory;
  private final ReadKeys keys;
  private final Period period;

  public Export(Path directory, ReadKeys keys, Period period) {
    this.directory = directory;
    this.keys = keys;
    this.period = period;
  }

  /** One at a time, in the log's order. */
  private interface Each {
    void record(Recorded recorded) throws IOException;
  }

  /** AuditEvents, one a line (NDJSON). */
  public void fhir(Appendable out) throws IOException {
    each(recorded -> {
      byte @Nullable [] event = AuditEvents.write(recorded).orElse(null);
      if (event != null) {
        out.append(new String(event, StandardCharsets.UTF_8)).append('\n');
      }
    });
  }

  /** A row an access. */
  public void csv(Appendable out) throws IOException {
    var csv = new Csv(out);
    csv.row(COLUMNS);
    each(recorded -> {
      switch (recorded.record()) {
        case Outcome outcome -> csv.row(row(recorded, outcome.request(), outcome));
        case Interrupted _ when recorded.intent() != null ->
            csv.row(row(recorded, recorded.intent().request(), null));
        default -> {}
      }
    });
  }

  private void each(Each each) throws IOException {
    try (RecordLog log = RecordLog.open(directory, keys, 1)) {
      each(log, each);
    }
    @Nullable Path reviews = Reviews.of(directory).orElse(null);
    if (reviews != null) {
      try (RecordLog log = RecordLog.open(reviews, keys, 1)) {
        each(log, each);
      }
    }
  }

  private void each(RecordLog log, Each each) throws IOException {
    while (log.next()) {
      if (period.contains(log.current().record().stamp().at())) {
        each.record(log.current());
      }
    }
  }

  private static List<String> row(
      Recorded recorded, AccessRequest request, @Nullable Outcome outcome) {
    Agent agent = request.agent();
    @Nullable AnswerGiven answer = outcome == null ? null : outcome.answer();
    return List.of(
        recorded.record().stamp().at().toString(),
        recorded.node(),
        Long.toString(recorded.seq()),
        answer == null ? AnswerGiven.Rating.SERIOUS.code() : answer.outcome().code(),
        answer == null ? "" : Integer.toString(answer.httpStatus()),
        answer == null ? "interrupted" : orEmpty(answer.problem()),
        request.interaction(),
        orEmpty(request.patientId()),
        agent.name(),
        orEmpty(agent.subject()),
        orEmpty(agent.issuer()),
        orEmpty(agent.client()),
        orEmpty(agent.address()),
        request.purpose().purposeOfUse(),
        orEmpty(request.purpose().reason()),
        orEmpty(request.purpose().urgencyGranted()),
        answer == null ? "" : orEmpty(answer.completeness()),
        outcome == null ? "" : Words.sources(outcome),
        request.requestId(),
        outcome == null ? "1" : Integer.toString(outcome.requests()),
        answer == null ? "" : orEmpty(answer.digest()));
  }
}
