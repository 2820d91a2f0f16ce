package io.wholechart.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.access.AccessSettings;
import io.wholechart.access.Authentication;
import io.wholechart.access.Authenticator;
import io.wholechart.access.Permit;
import io.wholechart.access.Refusal;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets in who shows a bearer token (RFC 6750) of an issuer that is trusted. */
public final class TokenAccess implements Authenticator {
  private static final String SCHEME = "bearer ";

  /** Longer ones are not looked at, nor hashed. */
  private static final int LONGEST = 8 * 1024;

  private final Map<String, Issuer> issuers;
  private final VerifiedTokens verified;
  private final InstantSource clock;
  private final byte @Nullable [] smart;

  private TokenAccess(
      List<Issuer> issuers, int cachedTokens, byte @Nullable [] smart, InstantSource clock) {
    this.smart = smart;
    Map<String, Issuer> byName = new LinkedHashMap<>();
    issuers.forEach(issuer -> byName.put(issuer.name(), issuer));
    this.issuers = byName;
    this.verified = new VerifiedTokens(cachedTokens);
    this.clock = clock;
  }

  /**
   * Begins to fetch the issuers' keys, and does not wait for them.
   *
   * @throws IOException when a secret or a certificate cannot be read
   */
  public static TokenAccess open(
      AccessSettings access, Map<String, IssuerSettings> issuers, InstantSource clock)
      throws IOException {
    List<Issuer> all = new ArrayList<>();
    for (IssuerSettings each : issuers.values()) {
      all.add(IssuerCalls.issuer(each, access, clock));
    }
    return new TokenAccess(
        all, access.cachedTokens(), SmartConfiguration.of(issuers.values()), clock);
  }

  @Override
  public boolean isOpen() {
    return false;
  }

  @Override
  public byte @Nullable [] smartConfiguration() {
    return smart == null ? null : smart.clone();
  }

  @Override
  public Authentication authenticate(List<String> authorization) throws InterruptedException {
    if (authorization.isEmpty()) {
      return refused(Refusal.NO_TOKEN);
    }
    @Nullable String token = authorization.size() == 1 ? token(authorization.getFirst()) : null;
    if (token == null) {
      return refused(Refusal.BAD_HEADER);
    }
    if (token.length() > LONGEST) {
      return refused(Refusal.TOO_LONG);
    }
    return authenticate(token, clock.instant());
  }

  private Authentication authenticate(String token, Instant now) throws InterruptedException {
    VerifiedTokens.Key key = VerifiedTokens.Key.of(token);
    @Nullable Permit known = verified.permit(key, now);
    if (known != null) {
      return new Authentication.Accepted(known);
    }
    return switch (verdict(token, now)) {
      case Verdict.Permitted permitted -> {
        verified.keep(key, permitted);
        yield new Authentication.Accepted(permitted.permit());
      }
      case Verdict.Refused(Refusal reason) -> refused(reason);
    };
  }

  private Verdict verdict(String token, Instant now) throws InterruptedException {
    return switch (Jwt.parse(token)) {
      case Jwt.Parsed.One(Jwt jwt) -> verdict(jwt, now);
      case Jwt.Parsed.Malformed _ -> Verdict.refused(Refusal.MALFORMED);
      case Jwt.Parsed.Opaque _ -> opaque(token, now);
    };
  }

  private Verdict verdict(Jwt jwt, Instant now) throws InterruptedException {
    JsonNode name = jwt.claims().path("iss");
    @Nullable Issuer issuer = name.isTextual() ? issuers.get(name.textValue()) : null;
    return issuer == null ? Verdict.refused(Refusal.NOT_TRUSTED) : issuer.verdict(jwt, now);
  }

  /** One that only its issuer can read; there is one at most who can be asked. */
  private Verdict opaque(String token, Instant now) throws InterruptedException {
    for (Issuer issuer : issuers.values()) {
      @Nullable Introspection introspection = issuer.introspection();
      if (introspection != null) {
        return introspection.verdict(token, now);
      }
    }
    return Verdict.refused(Refusal.MALFORMED);
  }

  /** RFC 6750, section 2.1; null where it is no such header. */
  private static @Nullable String token(String header) {
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    String token = header.substring(SCHEME.length());
    return isToken(token) ? token : null;
  }

  private static boolean isToken(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean isOne =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/".indexOf(c) >= 0;
      if (!isOne) {
        return false;
      }
    }
    return end > 0;
  }

  private static Authentication refused(Refusal reason) {
    return new Authentication.Refused(reason);
  }
}
