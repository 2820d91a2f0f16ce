package io.wholechart.disclosure;

import io.wholechart.audit.AnswerGiven.Rating;
import io.wholechart.audit.AuditRecord.Configured;
import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.ReviewClosed;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.fhir.AuditEventDraft;
import io.wholechart.fhir.AuditEventDraft.Agent;
import io.wholechart.fhir.AuditEventDraft.Entity;
import io.wholechart.fhir.AuditEventDraft.Named;
import io.wholechart.patient.Coding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The AuditEvents that tell of the service and its log, after DICOM's kinds of them. */
final class LogEvents {
  private static final String EVENT = "urn:wholechart:audit-event";
  private static final String RECORD = "urn:wholechart:audit-record";

  private LogEvents() {}

  static AuditEventDraft of(Recorded recorded, Status status) {
    return event(
        recorded,
        Codes.APPLICATION_ACTIVITY,
        status.event(),
        Rating.SUCCESS,
        Map.of("detail", status.detail()));
  }

  static AuditEventDraft of(Recorded recorded, Configured configured) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("version", configured.version());
    details.put("settingsSha256", configured.digest());
    return event(recorded, Codes.APPLICATION_ACTIVITY, "configured", Rating.SUCCESS, details);
  }

  static AuditEventDraft of(Recorded recorded, Gap gap) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("from", gap.from().toString());
    details.put("to", gap.to().toString());
    details.put("accesses", Long.toString(gap.count()));
    return event(recorded, Codes.SECURITY_ALERT, "gap", Rating.MAJOR, details);
  }

  /** An access of which only the number is left. */
  static AuditEventDraft interrupted(Recorded recorded, Interrupted interrupted) {
    return event(
        recorded,
        Codes.SECURITY_ALERT,
        "interrupted",
        Rating.SERIOUS,
        Map.of("intent", Long.toString(interrupted.of())));
  }

  static AuditEventDraft of(Recorded recorded, ReviewClosed closed) {
    var reviewer =
        new Agent(
            Codes.RECIPIENT,
            List.of(),
            new Named(null, null, null, closed.by()),
            closed.by(),
            true,
            List.of(),
            null,
            List.of());
    Map<String, String> details = Map.of("note", closed.note());
    return event(
        recorded,
        Codes.AUDIT_LOG_USED,
        "review-closed",
        Rating.SUCCESS,
        List.of(reviewer, AuditEvents.service(Codes.APPLICATION, recorded)),
        new Entity(
            Named.identified(RECORD, reviewed(recorded.node(), closed.of())),
            Codes.SYSTEM_OBJECT,
            Codes.SECURITY_RESOURCE_ROLE,
            null,
            details));
  }

  private static String reviewed(String node, long of) {
    String log =
        node.endsWith(Reviews.NODE)
            ? node.substring(0, node.length() - Reviews.NODE.length())
            : node;
    return AuditEvents.id(log, of);
  }

  private static AuditEventDraft event(
      Recorded recorded, Coding type, String event, Rating outcome, Map<String, String> details) {
    return event(
        recorded,
        type,
        event,
        outcome,
        List.of(AuditEvents.service(Codes.APPLICATION, recorded)),
        new Entity(
            Named.identified(RECORD, AuditEvents.id(recorded)),
            Codes.SYSTEM_OBJECT,
            Codes.SECURITY_RESOURCE_ROLE,
            null,
            details));
  }

  private static AuditEventDraft event(
      Recorded recorded,
      Coding type,
      String event,
      Rating outcome,
      List<Agent> agents,
      Entity entity) {
    @Nullable String problem = outcome == Rating.SUCCESS ? null : event;
    return new AuditEventDraft(
        AuditEvents.id(recorded),
        null,
        type,
        List.of(new Coding(EVENT, event)),
        "E",
        recorded.record().stamp().at().toString(),
        outcome.code(),
        problem,
        List.of(),
        agents,
        AuditEvents.observer(recorded),
        List.of(entity));
  }
}
