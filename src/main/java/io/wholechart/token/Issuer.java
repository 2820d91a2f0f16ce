package io.wholechart.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import io.wholechart.access.AccessSettings;
import io.wholechart.access.Refusal;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody whose tokens are believed, where they are signed as they should be. */
final class Issuer {
  private static final String MEDIA_TYPE = "application/";

  private final IssuerSettings settings;
  private final AccessSettings access;
  private final Jwks keys;
  private final Claims claims;
  private final @Nullable Introspection introspection;

  Issuer(
      IssuerSettings settings,
      AccessSettings access,
      Jwks keys,
      @Nullable Introspection introspection) {
    this.settings = settings;
    this.access = access;
    this.keys = keys;
    this.claims = new Claims(settings, access);
    this.introspection = introspection;
  }

  String name() {
    return settings.issuer();
  }

  @Nullable Introspection introspection() {
    return introspection;
  }

  /** Whether a JWT is its, and good now. */
  Verdict verdict(Jwt jwt, Instant now) throws InterruptedException {
    if (!access.algorithms().contains(jwt.algorithm()) || !isOfType(jwt.type())) {
      return Verdict.refused(Refusal.NOT_TRUSTED);
    }
    return switch (keys.find(jwt.keyId())) {
      case Jwks.Found.Key(PublicKey key, @Nullable String algorithm) ->
          (algorithm == null || algorithm.equals(jwt.algorithm())) && isSignedBy(key, jwt)
              ? claims.ofToken(jwt.claims(), now)
              : Verdict.refused(Refusal.NOT_TRUSTED);
      case Jwks.Found.Unknown _ -> Verdict.refused(Refusal.NOT_TRUSTED);
      case Jwks.Found.Unavailable _ -> Verdict.refused(Refusal.ISSUER_UNAVAILABLE);
    };
  }

  private boolean isOfType(String type) {
    String word = type.toLowerCase(Locale.ROOT);
    String subtype = word.startsWith(MEDIA_TYPE) ? word.substring(MEDIA_TYPE.length()) : word;
    return access.types().stream().anyMatch(t -> t.equalsIgnoreCase(subtype));
  }

  /** The library holds the algorithm against the key: of its kind, and for ES256 of its curve. */
  private static boolean isSignedBy(PublicKey key, Jwt jwt) {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.parse(jwt.algorithm())).build();
      JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(header, key);
      return verifier.verify(header, jwt.signed(), Base64URL.encode(jwt.signature()));
    } catch (JOSEException e) {
      return false;
    }
  }
}
