package io.wholechart.disclosure;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.AnswerGiven;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.SourceAccess;
import io.wholechart.fhir.AuditEventDraft;
import io.wholechart.fhir.AuditEventDraft.Entity;
import io.wholechart.fhir.AuditEventDraft.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The AuditEvents of accesses: BALP's patient read and patient query, and one entity a source. */
final class AccessEvents {
  private static final String SOURCE = "urn:wholechart:source";
  private static final String DIGEST = "urn:wholechart:answer-sha256";

  private AccessEvents() {}

  static AuditEventDraft of(Recorded recorded, Outcome outcome) {
    AccessRequest request = outcome.request();
    var interaction = Interaction.named(request.interaction());
    AnswerGiven answer = outcome.answer();
    List<Entity> entities = entities(request, interaction, answer, details(outcome));
    outcome.sources().forEach(source -> entities.add(source(source)));
    return event(
        recorded,
        request,
        interaction,
        answer.outcome() == AnswerGiven.Rating.SUCCESS ? profile(request, interaction) : null,
        answer.outcome().code(),
        answer.problem(),
        entities);
  }

  /** What became of it nobody knows: that the process ended is serious, and that is all it says. */
  static AuditEventDraft of(Recorded recorded, Interrupted interrupted) {
    @Nullable Intent intent = recorded.intent();
    if (intent == null) {
      return LogEvents.interrupted(recorded, interrupted);
    }
    AccessRequest request = intent.request();
    var interaction = Interaction.named(request.interaction());
    Map<String, String> details = new LinkedHashMap<>();
    details.put("intent", Long.toString(interrupted.of()));
    details.put("asked", intent.stamp().at().toString());
    return event(
        recorded,
        request,
        interaction,
        null,
        AnswerGiven.Rating.SERIOUS.code(),
        "interrupted",
        entities(request, interaction, null, details));
  }

  private static AuditEventDraft event(
      Recorded recorded,
      AccessRequest request,
      Interaction interaction,
      @Nullable String profile,
      String outcome,
      @Nullable String problem,
      List<Entity> entities) {
    return new AuditEventDraft(
        AuditEvents.id(recorded),
        profile,
        Codes.REST,
        List.of(Codes.restful(interaction.restful())),
        interaction.isQuery() ? "E" : "R",
        recorded.record().stamp().at().toString(),
        outcome,
        problem,
        List.of(Codes.purpose(request.purpose().purposeOfUse())),
        Agents.of(recorded, request, interaction.isQuery()),
        AuditEvents.observer(recorded),
        entities);
  }

  private static @Nullable String profile(AccessRequest request, Interaction interaction) {
    if (request.patientId() == null) {
      return null;
    }
    return interaction.isQuery() ? Codes.PATIENT_QUERY : Codes.PATIENT_READ;
  }

  private static List<Entity> entities(
      AccessRequest request,
      Interaction interaction,
      @Nullable AnswerGiven answer,
      Map<String, String> details) {
    List<Entity> entities = new ArrayList<>();
    @Nullable String patient = request.patientId();
    if (patient != null) {
      var who = Named.resource("Patient/" + patient);
      entities.add(new Entity(who, Codes.PERSON, Codes.PATIENT_ROLE, null, Map.of()));
    }
    String asked =
        patient == null ? interaction.request() : interaction.request().replace("{id}", patient);
    if (interaction.isQuery()) {
      // BALP allows a query no details, so that they stand with the transaction.
      entities.add(new Entity(null, Codes.SYSTEM_OBJECT, Codes.QUERY_ROLE, asked, Map.of()));
    } else {
      entities.add(
          new Entity(read(asked, answer), Codes.SYSTEM_OBJECT, Codes.DATA_ROLE, null, Map.of()));
    }
    var transaction = Named.identified(null, request.requestId());
    entities.add(new Entity(transaction, Codes.REQUEST_ID, null, null, details));
    return entities;
  }

  /** What was read is known by its bytes, of which the log keeps the digest. */
  private static Named read(String asked, @Nullable AnswerGiven answer) {
    @Nullable String digest = answer == null ? null : answer.digest();
    return new Named(null, digest == null ? null : DIGEST, digest, asked.isEmpty() ? null : asked);
  }

  private static Map<String, String> details(Outcome outcome) {
    Map<String, String> details = new LinkedHashMap<>();
    AnswerGiven answer = outcome.answer();
    details.put("interaction", outcome.request().interaction());
    put(details, "traceId", outcome.request().traceId());
    put(details, "urgencyAsked", outcome.request().purpose().urgencyAsked());
    put(details, "urgencyGranted", outcome.request().purpose().urgencyGranted());
    put(details, "reason", outcome.request().purpose().reason());
    details.put("httpStatus", Integer.toString(answer.httpStatus()));
    put(details, "completeness", answer.completeness());
    details.put("bytes", Long.toString(answer.bytes()));
    put(details, "sha256", answer.digest());
    outcome.sections().forEach((name, count) -> details.put("section." + name, "" + count));
    outcome
        .keptBack()
        .withheld()
        .forEach((name, count) -> details.put("withheld." + name, "" + count));
    if (outcome.keptBack().lifted() > 0) {
      details.put("lifted", Integer.toString(outcome.keptBack().lifted()));
      details.put("lifted.names", String.join(" ", outcome.keptBack().names()));
    }
    if (outcome.requests() > 1) {
      details.put("requests", Integer.toString(outcome.requests()));
    }
    return details;
  }

  private static Entity source(SourceAccess source) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("outcome", source.outcome());
    put(details, "notContacted", source.notContacted());
    put(details, "asked", source.asked());
    put(details, "httpStatus", source.httpStatus());
    put(details, "identity", source.identity());
    details.put("entries", Integer.toString(source.entries()));
    details.put("attempts", Integer.toString(source.attempts()));
    details.put("elapsedMs", Long.toString(source.elapsedMs()));
    details.put("bytes", Long.toString(source.bytes()));
    put(details, "sha256", source.digest());
    var what = Named.identified(SOURCE, source.source());
    return new Entity(what, Codes.OTHER, Codes.REPOSITORY_ROLE, null, details);
  }

  private static void put(Map<String, String> details, String name, @Nullable Object value) {
    if (value != null) {
      details.put(name, value.toString());
    }
  }
}
