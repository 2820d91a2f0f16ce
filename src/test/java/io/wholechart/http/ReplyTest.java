package io.wholechart.http;

import static io.wholechart.source.FailureReason.CIRCUIT_OPEN;
import static io.wholechart.source.FailureReason.TIMEOUT;
import static io.wholechart.source.FailureReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Charts;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.completeness.Completeness;
import io.wholechart.http.Problem.Kind;
import io.wholechart.merge.Merge;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a request gets where no source said anything. */
class ReplyTest {
  private static final PatientRequest REQUEST =
      new PatientRequest(new PatientId("p-1001"), Urgency.EMERGENCY, Set.of(), 0);

  @Test
  void timedOutIsWhereAllThatWereAskedDid() {
    assertThat(kind(TIMEOUT, TIMEOUT)).isEqualTo(Kind.ALL_TIMED_OUT);
    assertThat(kind(TIMEOUT, CIRCUIT_OPEN))
        .as("that one was not asked")
        .isEqualTo(Kind.ALL_TIMED_OUT);
    assertThat(kind(TIMEOUT, UNREACHABLE)).isEqualTo(Kind.NO_SOURCE);
  }

  @Test
  void whereNoneWasAskedNoneTimedOut() {
    assertThat(kind(CIRCUIT_OPEN, CIRCUIT_OPEN)).isEqualTo(Kind.NO_SOURCE);
  }

  private static Kind kind(FailureReason... reasons) {
    List<SourceReport> reports = new ArrayList<>();
    for (FailureReason reason : reasons) {
      var failed = new SourceResult.Failed(new Failure(reason, "did not answer well"));
      reports.add(Charts.report("source-" + reports.size(), Set.of(Section.RESULTS), failed));
    }
    PatientRecord record = Merge.merge(List.of());
    var aggregation =
        new Aggregation(reports, record, Completeness.of(reports, record), Duration.ZERO);
    return ((Reply.Failed) Reply.to(REQUEST, aggregation)).problem().kind();
  }
}
