package io.wholechart.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.wholechart.Measured;
import io.wholechart.access.AccessSettings;
import io.wholechart.access.Permit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** An access token that is seen for the first time, and one that was verified before. */
public class TokenCheckBenchmark extends Measured {
  private static final String ISSUER = "http://127.0.0.1/issuer";
  private static final String AUDIENCE = "https://chart.example";

  private final VerifiedTokens verified = new VerifiedTokens(10_000);
  private Issuer issuer;
  private String token;
  private Instant now;

  @Setup
  public void sign() throws JOSEException, InterruptedException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("bench").generate();
    byte[] published = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
    var settings =
        new IssuerSettings(
            ISSUER, URI.create(ISSUER + "/keys"), null, null, null, null, null, null);
    var keys = new Jwks(() -> published, Duration.ofHours(1), System::nanoTime);
    issuer = new Issuer(settings, access(), keys, null);
    now = Instant.now();
    token = token(key, now);
    if (!(firstSeen() instanceof Verdict.Permitted permitted)) {
      throw new IllegalStateException("a refusal is not what is to be measured");
    }
    verified.keep(VerifiedTokens.Key.of(token), permitted);
  }

  private static AccessSettings access() {
    return new AccessSettings(
        AccessSettings.Mode.OAUTH,
        AUDIENCE,
        Set.of("ES256"),
        Set.of("at+jwt"),
        false,
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        10_000,
        new AccessSettings.Entitled(Set.of(), Set.of(), Set.of()));
  }

  private static String token(ECKey key, Instant now) throws JOSEException {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject("3b7a6f2e-0c58-4d0b-9a51-5f2b7f3c1d90")
            .audience(AUDIENCE)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(3600)))
            .jwtID("c6a1f5d2-7a44-4f6f-8d3e-2b9e0a7c5e11")
            .claim("client_id", "bench")
            .claim("scope", "user/*.rs openid profile fhirUser")
            .claim("name", "Sam Sample")
            .build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID(key.getKeyID())
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  @Benchmark
  public Verdict firstSeen() throws InterruptedException {
    return issuer.verdict(((Jwt.Parsed.One) Jwt.parse(token)).jwt(), now);
  }

  @Benchmark
  public Permit verifiedBefore() {
    return verified.permit(VerifiedTokens.Key.of(token), now);
  }
}
