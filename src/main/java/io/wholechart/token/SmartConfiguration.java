package io.wholechart.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a client gets a token from and what for (SMART App Launch 2.2, "Conformance", {@code
 * .well-known/smart-configuration}). There is one such document, so it is of the first issuer that
 * is described; what the issuer can do is for the configuration to say, since only it knows.
 */
final class SmartConfiguration {
  private static final JsonMapper JSON = new JsonMapper();

  /** What is looked at here, whatever else an issuer grants. */
  private static final List<String> SCOPES =
      List.of("patient/*.rs", "user/*.rs", "system/*.rs", "launch/patient");

  private SmartConfiguration() {}

  /** The document; null where no issuer is described. */
  static byte @Nullable [] of(Collection<IssuerSettings> issuers) {
    for (IssuerSettings issuer : issuers) {
      if (issuer.smart() != null) {
        return json(issuer, issuer.smart());
      }
    }
    return null;
  }

  private static byte[] json(IssuerSettings issuer, IssuerSettings.Smart smart) {
    ObjectNode json = JSON.createObjectNode();
    json.put("issuer", issuer.issuer());
    json.put("jwks_uri", issuer.jwks().toString());
    if (smart.authorizationEndpoint() != null) {
      json.put("authorization_endpoint", smart.authorizationEndpoint().toString());
    }
    json.put("token_endpoint", smart.tokenEndpoint().toString());
    smart.grantTypes().forEach(json.putArray("grant_types_supported")::add);
    SCOPES.forEach(json.putArray("scopes_supported")::add);
    json.putArray("code_challenge_methods_supported").add("S256"); // and plain is forbidden
    smart.capabilities().forEach(json.putArray("capabilities")::add);
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts", e);
    }
  }
}
