package io.wholechart.fhir;

import io.wholechart.fhir.AuditEventDraft.Agent;
import io.wholechart.fhir.AuditEventDraft.Entity;
import io.wholechart.fhir.AuditEventDraft.Named;
import io.wholechart.fhir.AuditEventDraft.Observer;
import io.wholechart.patient.Coding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an AuditEvent, its elements in R4's order. */
public final class AuditEventJson {
  private AuditEventJson() {}

  public static byte[] write(AuditEventDraft event) {
    var json = new JsonBuffer(2048);
    json.open(null).text("resourceType", "AuditEvent").text("id", event.id());
    if (event.profile() != null) {
      json.open("meta").openList("profile").item(event.profile()).closeList().close();
    }
    coding(json, "type", event.type());
    codings(json, "subtype", event.subtypes());
    json.text("action", event.action())
        .text("recorded", event.recorded())
        .text("outcome", event.outcome())
        .text("outcomeDesc", event.outcomeDescription());
    concepts(json, "purposeOfEvent", event.purposes());
    json.openList("agent");
    event.agents().forEach(agent -> agent(json, agent));
    json.closeList();
    source(json, event.source());
    if (!event.entities().isEmpty()) {
      json.openList("entity");
      event.entities().forEach(entity -> entity(json, entity));
      json.closeList();
    }
    return json.close().toByteArray();
  }

  private static void agent(JsonBuffer json, Agent agent) {
    json.open(null);
    concept(json, "type", agent.type());
    if (!agent.roles().isEmpty()) {
      json.openList("role");
      agent.roles().forEach(role -> json.open(null).text("text", role).close());
      json.closeList();
    }
    named(json, "who", agent.who());
    json.text("name", agent.name()).raw("requestor", Boolean.toString(agent.isRequestor()));
    if (!agent.policy().isEmpty()) {
      json.openList("policy");
      agent.policy().forEach(json::item);
      json.closeList();
    }
    if (agent.network() != null) {
      json.open("network")
          .text("address", agent.network().address())
          .text("type", agent.network().type())
          .close();
    }
    concepts(json, "purposeOfUse", agent.purposes());
    json.close();
  }

  private static void source(JsonBuffer json, Observer source) {
    json.open("source").text("site", source.site());
    named(json, "observer", source.observer());
    codings(json, "type", List.of(source.type()));
    json.close();
  }

  private static void entity(JsonBuffer json, Entity entity) {
    json.open(null);
    if (entity.what() != null) {
      named(json, "what", entity.what());
    }
    coding(json, "type", entity.type());
    if (entity.role() != null) {
      coding(json, "role", entity.role());
    }
    if (entity.query() != null) {
      byte[] query = entity.query().getBytes(StandardCharsets.UTF_8);
      json.text("query", Base64.getEncoder().encodeToString(query));
    }
    if (!entity.details().isEmpty()) {
      json.openList("detail");
      entity
          .details()
          .forEach((type, value) ->
              json.open(null).text("type", type).text("valueString", value).close());
      json.closeList();
    }
    json.close();
  }

  private static void named(JsonBuffer json, String name, Named who) {
    json.open(name).text("reference", who.reference());
    if (who.value() != null) {
      json.open("identifier").text("system", who.system()).text("value", who.value()).close();
    }
    json.text("display", who.display()).close();
  }

  private static void codings(JsonBuffer json, String name, List<Coding> codings) {
    if (!codings.isEmpty()) {
      json.openList(name);
      codings.forEach(coding -> DataTypes.coding(json, coding.system(), coding.code()));
      json.closeList();
    }
  }

  private static void concepts(JsonBuffer json, String name, List<Coding> codings) {
    if (!codings.isEmpty()) {
      json.openList(name);
      codings.forEach(coding -> concept(json, null, coding));
      json.closeList();
    }
  }

  private static void concept(JsonBuffer json, @Nullable String name, Coding coding) {
    json.open(name);
    codings(json, "coding", List.of(coding));
    json.close();
  }

  private static void coding(JsonBuffer json, String name, Coding coding) {
    json.open(name).text("system", coding.system()).text("code", coding.code()).close();
  }
}
