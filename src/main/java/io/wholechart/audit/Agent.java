package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: what was found out about the caller, never the token itself.
 *
 * @param name {@code anonymous} where nobody said
 * @param client the program that asks on somebody's behalf
 * @param tokenId the token's own number ({@code jti})
 * @param address where the request came from, as an IP address
 */
public record Agent(
    @Nullable String issuer,
    @Nullable String subject,
    String name,
    List<String> roles,
    @Nullable String client,
    @Nullable String tokenId,
    @Nullable String address) {
  public static final int MOST_ROLES = 32;

  public Agent {
    optional("issuer", issuer, 512);
    optional("subject", subject, 256);
    Wording.name("name", name, 256);
    roles = List.copyOf(roles);
    require(roles.size() <= MOST_ROLES, "roles", "are at most " + MOST_ROLES);
    for (String role : roles) {
      Wording.name("roles", role, 128);
    }
    optional("client", client, 256);
    optional("tokenId", tokenId, 256);
    optional("address", address, 64);
  }

  /** Somebody of whom only the name is known. */
  public static Agent named(String name) {
    return new Agent(null, null, name, List.of(), null, null, null);
  }

  private static void optional(String field, @Nullable String text, int longest) {
    if (text != null) {
      Wording.name(field, text, longest);
    }
  }

  @Override
  public String toString() {
    return "Agent"; // a person
  }
}
