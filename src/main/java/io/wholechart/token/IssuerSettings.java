package io.wholechart.token;

import io.wholechart.access.Permit;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.SourceSettings.Auth;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A block {@code issuers.NAME}: whose tokens are believed.
 *
 * @param issuer what stands in its tokens ({@code iss}), to the letter
 * @param jwks where its keys are (RFC 7517)
 * @param introspection where tokens that are no JWT can be asked about; or none, and they are
 *     refused
 * @param nameClaim where its tokens say the name of a person; {@code name}, if none is given
 * @param rolesClaim where they list roles, with dots between the levels; {@code roles}, if none
 * @param purposeOfUse what its callers read charts for, where the token does not say; {@code
 *     TREAT}, if none
 * @param smart what {@code .well-known/smart-configuration} says of it; or none, and it is not
 *     served
 * @param connection to it; or none, and the usual rules are meant
 */
public record IssuerSettings(
    String issuer,
    URI jwks,
    @Nullable Introspection introspection,
    @Nullable String nameClaim,
    @Nullable String rolesClaim,
    @Nullable String purposeOfUse,
    @Nullable Smart smart,
    @Nullable ConnectionSettings connection) {
  private static final int LONGEST = 512;

  /**
   * The block {@code issuers.NAME.introspection} (RFC 7662).
   *
   * @param cacheFor how long an answer is believed, at most; so long a token that was taken back is
   *     still good
   * @param auth what we show there; {@code basic} is what the RFC expects
   */
  public record Introspection(URI url, Duration cacheFor, Auth auth) {
    public Introspection {
      requireSafe("url", url);
      require(!cacheFor.isNegative(), "cacheFor cannot be negative");
      require(
          cacheFor.compareTo(Duration.ofMinutes(5)) <= 0,
          "cacheFor is at most 5m: so long a token that was taken back is still good");
    }
  }

  /**
   * The block {@code issuers.NAME.smart}: what the issuer says of itself, for clients of ours.
   *
   * @param tokenEndpoint where it gives out tokens
   * @param authorizationEndpoint where a person says yes, where it comes to that
   * @param grantTypes of OAuth 2, such as {@code authorization_code}
   * @param capabilities in SMART's words, such as {@code permission-v2}
   */
  public record Smart(
      URI tokenEndpoint,
      @Nullable URI authorizationEndpoint,
      List<String> grantTypes,
      List<String> capabilities) {
    public Smart {
      requireSafe("tokenEndpoint", tokenEndpoint);
      if (authorizationEndpoint != null) {
        requireSafe("authorizationEndpoint", authorizationEndpoint);
      }
      grantTypes = List.copyOf(grantTypes);
      capabilities = List.copyOf(capabilities);
      require(!grantTypes.isEmpty(), "grantTypes is empty: SMART wants at least one");
      require(!capabilities.isEmpty(), "capabilities is empty: SMART wants at least one");
    }
  }

  public IssuerSettings {
    require(!issuer.isBlank() && issuer.length() <= LONGEST, "issuer is 1 to 512 characters");
    requireSafe("jwks", jwks);
    require(
        purposeOfUse == null || Permit.isPurpose(purposeOfUse),
        "purposeOfUse is a code such as TREAT");
  }

  String nameIn() {
    return nameClaim == null ? "name" : nameClaim;
  }

  String rolesIn() {
    return rolesClaim == null ? "roles" : rolesClaim;
  }

  String purpose() {
    return purposeOfUse == null ? Permit.TREATMENT : purposeOfUse;
  }

  /** Keys that came over a wire that others write to would be anybody's. */
  private static void requireSafe(String key, URI url) {
    String scheme = String.valueOf(url.getScheme());
    boolean isSafe =
        url.getHost() != null
            && url.getRawUserInfo() == null
            && url.getRawFragment() == null
            && (scheme.equals("https") || (scheme.equals("http") && isLoopback(url.getHost())));
    require(isSafe, key + " is an https URL; http is for this machine alone");
  }

  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    boolean isLiteral = host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c <= '9');
    try {
      return isLiteral && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void require(boolean isFulfilled, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(problem);
    }
  }
}
