package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wholechart.source.SourceSettings.Auth;
import io.wholechart.token.IssuerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Whoever issues tokens: keys on a real socket, and tokens signed by hand, good and bad. */
final class TestIssuer implements AutoCloseable {
  static final String AUDIENCE = "https://chart.hospital.example";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  final RSAKey rsa = rsa("rsa-1");
  final ECKey ec = ec(Curve.P_256, "ec-1");
  final ECKey ec384 = ec(Curve.P_384, "ec-384");
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger asked = new AtomicInteger();
  volatile List<JWK> published = List.of(rsa, ec, ec384);
  volatile String introspected = "{\"active\":false}";

  private final HttpServer server;

  private TestIssuer(HttpServer server) {
    this.server = server;
  }

  static TestIssuer start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var issuer = new TestIssuer(server);
    server.createContext(
        "/keys",
        exchange -> {
          issuer.reads.incrementAndGet();
          answer(exchange, new JWKSet(issuer.published).toString(true));
        });
    server.createContext(
        "/introspect",
        exchange -> {
          issuer.asked.incrementAndGet();
          answer(exchange, issuer.introspected);
        });
    server.start();
    return issuer;
  }

  String name() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/care";
  }

  IssuerSettings settings(@Nullable Path introspectionSecret) {
    String origin = "http://127.0.0.1:" + server.getAddress().getPort();
    return new IssuerSettings(
        name(),
        URI.create(origin + "/keys"),
        introspectionSecret == null
            ? null
            : new IssuerSettings.Introspection(
                URI.create(origin + "/introspect"),
                Duration.ofSeconds(30),
                Auth.simple(Auth.Type.BASIC, introspectionSecret)),
        null,
        "realm_access.roles",
        null,
        new IssuerSettings.Smart(
            URI.create(origin + "/token"),
            null,
            List.of("client_credentials"),
            List.of("permission-v2", "client-confidential-asymmetric")),
        null);
  }

  /** Claims of a good token, to be changed. */
  Map<String, Object> claims() {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", name());
    claims.put("sub", "user-17");
    claims.put("aud", AUDIENCE);
    claims.put("exp", now + 300);
    claims.put("iat", now);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("client_id", "ward-app");
    claims.put("scope", "user/*.rs");
    return claims;
  }

  static Map<String, Object> header(String algorithm, String keyId) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", algorithm);
    header.put("typ", "at+jwt");
    header.put("kid", keyId);
    return header;
  }

  /** A good token with these claims. */
  String token(Map<String, Object> claims) {
    return rs256(header("RS256", "rsa-1"), claims, rsa);
  }

  static String rs256(Map<String, Object> header, Map<String, Object> claims, RSAKey key) {
    return signed(json(header), json(claims), "SHA256withRSA", key);
  }

  static String es256(Map<String, Object> header, Map<String, Object> claims, ECKey key) {
    return signed(json(header), json(claims), "SHA256withECDSAinP1363Format", key);
  }

  /** Any header and payload whatever, signed. */
  static String signed(String header, String payload, String algorithm, JWK key) {
    String content = BASE64.encodeToString(header.getBytes(UTF_8)) + "." + base64(payload);
    try {
      PrivateKey secret =
          switch (key) {
            case RSAKey r -> r.toPrivateKey();
            case ECKey e -> e.toPrivateKey();
            default -> throw new IllegalArgumentException("what is that");
          };
      var signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(content.getBytes(UTF_8));
      return content + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(UTF_8));
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(Curve curve, String id) {
    try {
      return new ECKeyGenerator(curve).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
