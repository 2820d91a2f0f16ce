package io.wholechart.fhir;

import io.wholechart.patient.Coding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an AuditEvent says, as far as the audit log knows it.
 *
 * @param profile that it conforms to; null where none fits
 * @param recorded a FHIR instant
 * @param outcome R4's {@code 0}, {@code 4}, {@code 8} or {@code 12}
 * @param outcomeDescription a word of a closed vocabulary; null where the outcome says it all
 * @param purposes of use, HL7's ActReason
 * @param agents at least one
 */
public record AuditEventDraft(
    String id,
    @Nullable String profile,
    Coding type,
    List<Coding> subtypes,
    String action,
    String recorded,
    String outcome,
    @Nullable String outcomeDescription,
    List<Coding> purposes,
    List<Agent> agents,
    Observer source,
    List<Entity> entities) {
  public AuditEventDraft {
    subtypes = List.copyOf(subtypes);
    purposes = List.copyOf(purposes);
    agents = List.copyOf(agents);
    entities = List.copyOf(entities);
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("an AuditEvent has an agent");
    }
  }

  /**
   * Whom or what something is, without being a resource on any server.
   *
   * @param reference to a resource by its relative URL; null where an identifier stands for it
   */
  public record Named(
      @Nullable String reference,
      @Nullable String system,
      @Nullable String value,
      @Nullable String display) {
    public static Named resource(String reference) {
      return new Named(reference, null, null, null);
    }

    public static Named identified(@Nullable String system, String value) {
      return new Named(null, system, value, null);
    }
  }

  /**
   * Who took part.
   *
   * @param roles as the caller's issuer words them
   * @param policy URIs of what allowed it
   * @param network null where the agent has no address of its own
   */
  public record Agent(
      Coding type,
      List<String> roles,
      Named who,
      @Nullable String name,
      boolean isRequestor,
      List<String> policy,
      @Nullable Network network,
      List<Coding> purposes) {
    public Agent {
      roles = List.copyOf(roles);
      policy = List.copyOf(policy);
      purposes = List.copyOf(purposes);
    }
  }

  /**
   * Where an agent was.
   *
   * @param type R4's network type: {@code 1} a machine's name, {@code 2} an address
   */
  public record Network(String address, String type) {
    public static Network machine(String name) {
      return new Network(name, "1");
    }

    public static Network address(String ip) {
      return new Network(ip, "2");
    }
  }

  /** Who says so. */
  public record Observer(String site, Named observer, Coding type) {}

  /**
   * What it was about.
   *
   * @param what null for a query
   * @param query in plain text; null for anything else
   * @param details by name; written in this order
   */
  public record Entity(
      @Nullable Named what,
      Coding type,
      @Nullable Coding role,
      @Nullable String query,
      Map<String, String> details) {}
}
