package io.wholechart.source;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.wholechart.source.SourceSettings.Auth;
import io.wholechart.tls.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;

/**
 * The proof that we are the client that is registered: a JWT signed with our key ({@code
 * private_key_jwt}, SMART App Launch 2.2, "Backend Services"). The key says by which of the two
 * algorithms that every server must know, RS384 and ES384.
 */
final class ClientAssertion {
  /** Five minutes are the most that is allowed. */
  private static final Duration VALID_FOR = Duration.ofMinutes(4);

  private ClientAssertion() {}

  /**
   * A new one. The key is read each time, which is every few minutes: so a new key is used from the
   * next token on.
   *
   * @throws IOException where the key cannot be used
   */
  static String of(Auth auth, Instant now) throws IOException {
    PrivateKey key = key(auth.secretFile());
    String client = Objects.requireNonNull(auth.clientId());
    var header =
        new JWSHeader.Builder(
                key instanceof RSAPrivateKey ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384)
            .type(JOSEObjectType.JWT)
            .keyID(auth.keyId())
            .build();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(client)
            .subject(client)
            .audience(Objects.requireNonNull(auth.tokenUrl()).toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(VALID_FOR)))
            .jwtID(UUID.randomUUID().toString())
            .build();
    try {
      var jwt = new SignedJWT(header, claims);
      jwt.sign(signer(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IOException(auth.secretFile() + " holds a key that does not sign", e);
    }
  }

  /** The key in a file, where it is one for RS384 or ES384. */
  static PrivateKey key(Path file) throws IOException {
    PrivateKey key = Pem.privateKey(file);
    boolean isFit =
        switch (key) {
          case RSAPrivateKey rsa -> rsa.getModulus().bitLength() >= 2048;
          case ECPrivateKey ec -> Curve.P_384.equals(Curve.forECParameterSpec(ec.getParams()));
          default -> false;
        };
    if (!isFit) {
      throw new IOException(
          file + " holds a key that is neither RSA of 2048 bits or more nor EC on P-384");
    }
    return key;
  }

  private static JWSSigner signer(PrivateKey key) throws JOSEException {
    return key instanceof RSAPrivateKey ? new RSASSASigner(key) : new ECDSASigner(key, Curve.P_384);
  }
}
