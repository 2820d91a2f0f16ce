package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord;
import io.wholechart.fhir.AuditEventDraft;
import io.wholechart.fhir.AuditEventDraft.Agent;
import io.wholechart.fhir.AuditEventDraft.Named;
import io.wholechart.fhir.AuditEventDraft.Network;
import io.wholechart.fhir.AuditEventDraft.Observer;
import io.wholechart.fhir.AuditEventJson;
import io.wholechart.patient.Coding;
import java.util.List;
import java.util.Optional;

/**
 * Says in FHIR R4 what a record says, after IHE's Basic Audit Log Patterns (BALP).
 *
 * <p>Of an access, the outcome is the event: an intent, and how the sending ended, are steps of the
 * same one, and a heartbeat tells of nothing that happened. BALP's profiles are for success alone;
 * an event of anything else is built in the same way and claims none.
 */
public final class AuditEvents {
  private static final String NODE = "urn:wholechart:node";
  private static final int LONGEST_NODE_IN_ID = 44; // and a number of 19 digits: an id has 64

  private AuditEvents() {}

  /** The AuditEvent of a record, as JSON; nothing where the record is a step of another's event. */
  public static Optional<byte[]> write(Recorded recorded) {
    return of(recorded).map(AuditEventJson::write);
  }

  static Optional<AuditEventDraft> of(Recorded recorded) {
    return switch (recorded.record()) {
      case AuditRecord.Outcome outcome -> Optional.of(AccessEvents.of(recorded, outcome));
      case AuditRecord.Interrupted interrupted ->
          Optional.of(AccessEvents.of(recorded, interrupted));
      case AuditRecord.Status status -> Optional.of(LogEvents.of(recorded, status));
      case AuditRecord.Configured configured -> Optional.of(LogEvents.of(recorded, configured));
      case AuditRecord.Gap gap -> Optional.of(LogEvents.of(recorded, gap));
      case AuditRecord.ReviewClosed closed -> Optional.of(LogEvents.of(recorded, closed));
      case AuditRecord.Intent _, AuditRecord.Ended _, AuditRecord.Heartbeat _ -> Optional.empty();
    };
  }

  /** The name of an event: whose log it stands in, and as which line. */
  public static String id(Recorded recorded) {
    return id(recorded.node(), recorded.seq());
  }

  static String id(String node, long seq) {
    String legal = node.replace('_', '-'); // which no FHIR id has
    return legal.substring(0, Math.min(legal.length(), LONGEST_NODE_IN_ID)) + "-" + seq;
  }

  static Observer observer(Recorded recorded) {
    return new Observer(recorded.node(), service(recorded), Codes.APPLICATION_SERVER);
  }

  /** The service itself, in some part. */
  static Agent service(Coding type, Recorded recorded) {
    return new Agent(
        type,
        List.of(),
        service(recorded),
        null,
        false,
        List.of(),
        Network.machine(recorded.node()),
        List.of());
  }

  private static Named service(Recorded recorded) {
    return new Named(null, NODE, recorded.node(), "Wholechart");
  }
}
