package io.wholechart.http;

import io.wholechart.access.Caller;
import io.wholechart.access.Entitlement;
import io.wholechart.access.Permit;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.audit.AnswerGiven;
import io.wholechart.audit.AnswerGiven.Rating;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.KeptBack;
import io.wholechart.audit.Purpose;
import io.wholechart.audit.Recorded;
import io.wholechart.audit.Recording;
import io.wholechart.audit.SourceAccess;
import io.wholechart.consent.Grant;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import io.wholechart.source.Received;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of an access: what is about to be done, which nobody waits for while the sources are
 * asked; what came of it, which is on disk before the answer leaves; and how that ended.
 */
final class AuditTrail {
  private final AuditLog audit;
  private final FloodRecords floods;

  AuditTrail(AuditLog audit) {
    this.audit = audit;
    this.floods = new FloodRecords(audit, System::nanoTime);
  }

  /**
   * Before the first source is asked, or a page shown that was kept.
   *
   * @param patient null where it is to be found out whose chart it is
   * @param grant under which the glass is broken; null where it is not
   */
  Recording begin(
      Exchange exchange,
      String interaction,
      @Nullable PatientId patient,
      @Nullable Urgency urgency,
      @Nullable Grant grant) {
    AccessRequest request = request(exchange, interaction, patient, urgency, urgency, grant);
    return audit.handOver(new AuditRecord.Intent(audit.stamp(), request));
  }

  /**
   * What came of it; returns when that, and the intent before it, are on disk or will not be.
   *
   * @param digest SHA-256 of the answer's body, in hex
   */
  Recorded conclude(Exchange exchange, Access access, Answer answer, String digest)
      throws InterruptedException {
    @Nullable Recording begun = access.intent();
    long intent = 0;
    if (begun != null) {
      switch (begun.await()) {
        case Recorded.NotDurable refused -> {
          return refused;
        }
        case Recorded kept -> intent = kept.seq();
      }
    }
    AuditRecord.Outcome outcome = outcome(exchange, access, answer, digest, intent);
    return isOfFlood(answer.problem()) ? floods.append(outcome) : audit.append(outcome, begun);
  }

  /** Nobody waits for this, nor is anything refused for want of it. */
  void ended(Recorded outcome, boolean isDelivered, long bytes) {
    audit.note(new AuditRecord.Ended(audit.stamp(), outcome.seq(), isDelivered, bytes));
  }

  /** What comes by the thousand when it comes, and says nothing of any patient. */
  private static boolean isOfFlood(@Nullable Kind problem) {
    return problem == Kind.OVERLOADED
        || problem == Kind.RATE_LIMITED
        || problem == Kind.NOT_AUTHENTICATED
        || problem == Kind.BAD_AUTHORIZATION
        || problem == Kind.ISSUER_UNAVAILABLE;
  }

  private AuditRecord.Outcome outcome(
      Exchange exchange, Access access, Answer answer, String digest, long intent) {
    @Nullable Aggregation aggregation = access.aggregation();
    @Nullable Kind problem = answer.problem();
    boolean isServed = access.intent() != null;
    return new AuditRecord.Outcome(
        audit.stamp(),
        intent,
        request(
            exchange,
            access.interaction(),
            access.patient(),
            access.urgency(),
            isServed ? access.urgency() : null,
            access.grant()),
        aggregation == null
            ? List.of()
            : aggregation.reports().stream().map(AuditTrail::source).toList(),
        aggregation == null || problem != null ? Map.of() : sections(aggregation.record()),
        new AnswerGiven(
            answer.status(),
            aggregation == null ? null : aggregation.completeness().share(),
            problem == null ? null : problem.key(),
            rating(problem, aggregation),
            digest,
            answer.body().length()),
        1,
        aggregation == null
            ? KeptBack.NOTHING
            : KeptFromReader.of(aggregation, shown(access, problem)));
  }

  /** Of a chart that was gathered, which entries the answer is made of. */
  private static Predicate<Entry> shown(Access access, @Nullable Kind problem) {
    if (problem != null) {
      return _ -> false;
    }
    boolean isOfWhoItIs = access.interaction().equals(PatientReadRoute.INTERACTION);
    return entry -> !isOfWhoItIs || entry.section().equals(Optional.of(Section.PATIENT));
  }

  private static AccessRequest request(
      Exchange exchange,
      String interaction,
      @Nullable PatientId patient,
      @Nullable Urgency asked,
      @Nullable Urgency granted,
      @Nullable Grant grant) {
    return new AccessRequest(
        exchange.requestId(),
        exchange.traceId(),
        agent(exchange),
        patient == null ? null : patient.value(),
        interaction,
        new Purpose(
            grant == null
                ? purposeOfUse(interaction, asked, exchange.permit())
                : Purpose.BREAK_THE_GLASS,
            asked == null ? null : asked.key(),
            granted == null ? null : granted.key(),
            grant == null ? null : grant.words()));
  }

  private static Agent agent(Exchange exchange) {
    Caller caller = exchange.permit().caller();
    return new Agent(
        caller.issuer(),
        caller.subject(),
        caller.name(),
        caller.roles(),
        caller.client(),
        caller.tokenId(),
        exchange.address());
  }

  /**
   * What the caller's token or the configuration says. Of the request only one thing counts, and
   * only for who is entitled to it: that treatment is an emergency's.
   */
  private static String purposeOfUse(String interaction, @Nullable Urgency asked, Permit permit) {
    if (interaction.equals(AuditEventRoute.INTERACTION)) {
      return Purpose.COMPLIANCE;
    }
    boolean isEmergency = asked == Urgency.EMERGENCY && permit.has(Entitlement.EMERGENCY);
    return isEmergency && permit.purposeOfUse().equals(Purpose.TREATMENT)
        ? Purpose.EMERGENCY_TREATMENT
        : permit.purposeOfUse();
  }

  private static SourceAccess source(SourceReport report) {
    Received received = report.received();
    return new SourceAccess(
        report.source(),
        report.asked() == null ? null : report.asked().value(),
        report.attempts() > 0 ? null : notContacted(report),
        report.result().status(),
        received.httpStatus() == 0 ? null : Integer.valueOf(received.httpStatus()),
        report.identity() == null ? null : report.identity().key(),
        report.elapsed().toMillis(),
        report.attempts(),
        report.result().entries().size(),
        received.bytes(),
        received.digest());
  }

  /** Why no request left for a source. */
  private static String notContacted(SourceReport report) {
    if (report.asked() != null || report.isDenied()) {
      return report.result().status(); // circuit-open, overloaded, …
    }
    return report.result() instanceof SourceResult.NotFound ? "no-id-there" : "id-unresolved";
  }

  /** How much of each section the answer was made of. */
  private static Map<String, Integer> sections(PatientRecord record) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      int count = record.in(section).size();
      if (count > 0) {
        counts.put(section.key(), count);
      }
    }
    if (!record.other().isEmpty()) {
      counts.put("other", record.other().size());
    }
    return counts;
  }

  private static Rating rating(@Nullable Kind problem, @Nullable Aggregation aggregation) {
    if (problem == Kind.AUDIT_UNAVAILABLE || isForeign(aggregation)) {
      return Rating.MAJOR;
    }
    if (problem != null) {
      return problem.status() >= 500 ? Rating.SERIOUS : Rating.MINOR;
    }
    return aggregation == null || aggregation.completeness().isComplete()
        ? Rating.SUCCESS
        : Rating.MINOR;
  }

  private static boolean isForeign(@Nullable Aggregation aggregation) {
    return aggregation != null
        && aggregation.reports().stream().anyMatch(r -> r.identity() == IdentityVerdict.MISMATCH);
  }
}
