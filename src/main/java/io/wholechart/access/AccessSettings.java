package io.wholechart.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code access}.
 *
 * @param mode how it is found out who asks
 * @param audience what a token must be meant for ({@code aud}): the URL by which callers know us
 * @param algorithms by which a token may be signed
 * @param types which {@code typ} a token may have; RFC 9068 says {@code at+jwt}
 * @param behindTlsProxy whether a proxy in front ends TLS, so that our sockets need none
 * @param skew by how much an issuer's clock and ours may differ
 * @param staleKeys how long an issuer's keys are used while it cannot be asked for them, beyond the
 *     five minutes after which it is
 * @param cachedTokens how many tokens are remembered, so that they need not be verified again
 * @param entitlements which scopes or roles give what
 */
public record AccessSettings(
    Mode mode,
    @Nullable String audience,
    Set<String> algorithms,
    Set<String> types,
    boolean behindTlsProxy,
    Duration skew,
    Duration staleKeys,
    int cachedTokens,
    Entitled entitlements) {
  /** Those that SMART and RFC 9068 name, and none by which a public key could sign. */
  private static final Set<String> ALGORITHMS = Set.of("RS256", "RS384", "PS256", "ES256", "ES384");

  private static final Duration MOST_SKEW = Duration.ofMinutes(5);

  /** How it is found out who asks. */
  public enum Mode {
    /** It is not, and only this machine can connect. */
    @JsonProperty("loopback")
    LOOPBACK,
    /** By an access token of an issuer that is trusted. */
    @JsonProperty("oauth")
    OAUTH
  }

  /**
   * The block {@code access.entitlements}: any of these scopes or roles gives it.
   *
   * @param emergency to ask with {@code urgency=emergency}
   * @param breakGlass to read past consent and labels, with a reason
   * @param audit to read the audit log
   */
  public record Entitled(Set<String> emergency, Set<String> breakGlass, Set<String> audit) {
    public Entitled {
      emergency = Set.copyOf(emergency);
      breakGlass = Set.copyOf(breakGlass);
      audit = Set.copyOf(audit);
    }

    /** What those who have these scopes or roles may. */
    public Set<Entitlement> of(Collection<String> words) {
      Set<Entitlement> all = EnumSet.noneOf(Entitlement.class);
      for (String word : words) {
        if (emergency.contains(word)) {
          all.add(Entitlement.EMERGENCY);
        }
        if (breakGlass.contains(word)) {
          all.add(Entitlement.BREAK_GLASS);
        }
        if (audit.contains(word)) {
          all.add(Entitlement.AUDIT);
        }
      }
      return all;
    }
  }

  public AccessSettings {
    algorithms = Set.copyOf(algorithms);
    types = Set.copyOf(types);
    require(
        !algorithms.isEmpty() && ALGORITHMS.containsAll(algorithms),
        "algorithms are some of RS256, RS384, PS256, ES256, ES384");
    require(!types.isEmpty(), "types is empty: at+jwt is RFC 9068's");
    require(!skew.isNegative() && skew.compareTo(MOST_SKEW) <= 0, "skew is at most 5m");
    require(!staleKeys.isNegative(), "staleKeys cannot be negative");
    require(cachedTokens >= 1, "cachedTokens must be 1 or more");
  }

  private static void require(boolean isFulfilled, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(problem);
    }
  }
}
