package io.wholechart.source;

import io.wholechart.patient.Urgency;
import io.wholechart.source.UpstreamAnswer.Again;
import java.time.Duration;

/** Requests and answers for tests of one wrapper. */
final class Calls {
  static final UpstreamAnswer WELL = ScriptedUpstream.answer(200, "text/plain", "well");
  static final UpstreamAnswer SICK =
      new UpstreamAnswer.Broken(
          new Failure(FailureReason.ERROR, "answered HTTP 500"), new Again.After(Duration.ZERO));
  static final UpstreamAnswer REFUSED =
      UpstreamAnswer.broken(FailureReason.UNREACHABLE, "refused the connection");
  static final UpstreamAnswer BAD_REQUEST =
      UpstreamAnswer.broken(FailureReason.ERROR, "answered HTTP 400");
  static final UpstreamAnswer THROTTLED =
      UpstreamAnswer.broken(FailureReason.THROTTLED, "answered HTTP 429");

  private Calls() {}

  /** With five minutes left on the clock of the process. */
  static UpstreamRequest request(Urgency urgency) {
    return request(Intakes.of("lab", urgency));
  }

  /** With so much left where the time is told by a test and stands at zero. */
  static UpstreamRequest request(Urgency urgency, Duration left) {
    return request(new Intake("lab", new Patience(left.toNanos(), urgency)));
  }

  private static UpstreamRequest request(Intake intake) {
    return new UpstreamRequest("http://a/results?patient=p-1", "text/plain", 1000, intake);
  }

  static FailureReason reason(UpstreamAnswer answer) {
    return ((UpstreamAnswer.Broken) answer).failure().reason();
  }
}
