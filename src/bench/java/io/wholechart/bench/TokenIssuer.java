package io.wholechart.bench;

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
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Whoever gives out the tokens of a bench. */
final class TokenIssuer implements AutoCloseable {
  private static final String AUDIENCE = "https://chart.example";

  private final HttpServer server;
  private final ECKey key;

  private TokenIssuer(HttpServer server, ECKey key) {
    this.server = server;
    this.key = key;
  }

  static TokenIssuer start() throws IOException {
    try {
      ECKey key = new ECKeyGenerator(Curve.P_256).keyID("bench").generate();
      byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            try (var body = exchange.getResponseBody()) {
              body.write(keys);
            }
          });
      server.start();
      return new TokenIssuer(server, key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds to a configuration that callers show this issuer's tokens, and may ask without end. */
  void configure(Path yaml) {
    String more =
        """
        access: {mode: oauth, audience: "%s"}
        issuers: {bench: {issuer: "%s", jwks: "%s/keys"}}
        conduct: {rate: {requestsPerSecond: 0}}
        """
            .formatted(AUDIENCE, origin(), origin());
    try {
      Files.writeString(yaml, more, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that is as large as issuers make them. */
  String token() {
    try {
      Instant now = Instant.now();
      var claims =
          new JWTClaimsSet.Builder()
              .issuer(origin())
              .subject(UUID.randomUUID().toString())
              .audience(AUDIENCE)
              .issueTime(Date.from(now))
              .expirationTime(Date.from(now.plusSeconds(3600)))
              .jwtID(UUID.randomUUID().toString())
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
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
