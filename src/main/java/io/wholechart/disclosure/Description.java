package io.wholechart.disclosure;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.AuditRecord.Outcome;

/** What a record says, in a few lines for people. */
public final class Description {
  private Description() {}

  public static String of(Recorded recorded) {
    AuditRecord record = recorded.record();
    String where =
        "record %d of %s, %s".formatted(recorded.seq(), recorded.node(), record.stamp().at());
    return switch (record) {
      case Outcome outcome -> where + "\n" + of(outcome);
      case AuditRecord.Intent intent -> where + "\n" + about(intent.request());
      case AuditRecord.Ended ended ->
          where
              + "\n  the answer of record %d was %s"
                  .formatted(ended.of(), ended.isDelivered() ? "delivered" : "broken off");
      case AuditRecord.Interrupted interrupted ->
          where
              + "\n  the service ended before record %d came to an end".formatted(interrupted.of());
      case AuditRecord.ReviewClosed closed ->
          where
              + "\n  %s reviewed record %d: %s".formatted(closed.by(), closed.of(), closed.note());
      case AuditRecord.Configured _,
          AuditRecord.Status _,
          AuditRecord.Heartbeat _,
          AuditRecord.Gap _ ->
          where + "\n  of the service itself";
    };
  }

  private static String of(Outcome outcome) {
    String problem = outcome.answer().problem() == null ? "" : ", " + outcome.answer().problem();
    return about(outcome.request())
        + "\n  answer   %d%s, %d bytes"
            .formatted(outcome.answer().httpStatus(), problem, outcome.answer().bytes());
  }

  private static String about(AccessRequest request) {
    String patient = request.patientId() == null ? "nobody" : request.patientId();
    return "  patient  %s\n  who      %s\n  what     %s\n  purpose  %s\n  request  %s"
        .formatted(
            patient,
            Words.recipient(request.agent()),
            Interaction.named(request.interaction()).words(),
            Words.purpose(request.purpose()),
            request.requestId());
  }
}
