package io.wholechart.disclosure;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.fhir.AuditEventDraft;
import io.wholechart.fhir.AuditEventDraft.Named;
import io.wholechart.fhir.AuditEventDraft.Network;
import io.wholechart.patient.Coding;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who took part in an access: the program that asked, the service, and the person, if known. */
final class Agents {
  private static final String UNKNOWN = "unknown";
  private static final String TOKEN = "urn:wholechart:token:";

  private Agents() {}

  static List<AuditEventDraft.Agent> of(Recorded recorded, AccessRequest request, boolean isQuery) {
    Agent caller = request.agent();
    boolean isPerson = caller.subject() != null;
    // In a read the data goes from the service to the client; a query goes the other way.
    Coding client = isQuery ? Codes.ORIGIN : Codes.DESTINATION;
    Coding server = isQuery ? Codes.DESTINATION : Codes.ORIGIN;
    List<AuditEventDraft.Agent> agents = new ArrayList<>();
    agents.add(client(client, caller, isPerson));
    agents.add(AuditEvents.service(server, recorded));
    if (isPerson) {
      agents.add(person(caller, Codes.purpose(request.purpose().purposeOfUse())));
    }
    return agents;
  }

  private static AuditEventDraft.Agent client(Coding type, Agent caller, boolean isPerson) {
    @Nullable String client = caller.client();
    @Nullable String address = caller.address();
    Named who =
        client != null
            ? Named.identified(caller.issuer(), client)
            : new Named(null, null, null, isPerson ? UNKNOWN : caller.name());
    return new AuditEventDraft.Agent(
        type,
        List.of(),
        who,
        isPerson ? null : caller.name(),
        !isPerson,
        isPerson ? List.of() : policy(caller),
        address == null ? Network.machine(UNKNOWN) : Network.address(address),
        List.of());
  }

  private static AuditEventDraft.Agent person(Agent caller, Coding purpose) {
    return new AuditEventDraft.Agent(
        Codes.RECIPIENT,
        caller.roles(),
        new Named(null, caller.issuer(), caller.subject(), caller.name()),
        caller.name(),
        true,
        policy(caller),
        null,
        List.of(purpose));
  }

  /** BALP has a token's number as the policy by which it was allowed. */
  private static List<String> policy(Agent caller) {
    @Nullable String token = caller.tokenId();
    return token == null
        ? List.of()
        : List.of(TOKEN + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }
}
