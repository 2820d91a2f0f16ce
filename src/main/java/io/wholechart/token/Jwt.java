package io.wholechart.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JWT in compact form (RFC 7515, section 7.1) of which nothing is believed yet.
 *
 * @param algorithm {@code alg}
 * @param keyId {@code kid}, without which nobody could say by which key it is signed
 * @param type {@code typ}, or empty
 * @param claims what it says
 * @param signed the bytes that are signed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Jwt(
    String algorithm,
    String keyId,
    String type,
    ObjectNode claims,
    byte[] signed,
    byte[] signature) {
  /** What a token turns out to be. */
  sealed interface Parsed {
    record One(Jwt jwt) implements Parsed {}

    /** One that is malformed, encrypted, or wants what is not done here. */
    record Malformed() implements Parsed {}

    /** Something that only its issuer can read; two dots alone do not make a JWT. */
    record Opaque() implements Parsed {}
  }

  /** Takes a token apart. */
  static Parsed parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    @Nullable ObjectNode header =
        first > 0 && second > 0 ? header(token.substring(0, first)) : null;
    if (header == null) {
      return new Parsed.Opaque();
    }
    @Nullable Jwt jwt =
        token.indexOf('.', second + 1) < 0 ? of(header, token, first, second) : null;
    return jwt == null ? new Parsed.Malformed() : new Parsed.One(jwt);
  }

  private static @Nullable Jwt of(ObjectNode header, String token, int first, int second) {
    byte @Nullable [] payload = decoded(token.substring(first + 1, second));
    byte @Nullable [] signature = decoded(token.substring(second + 1));
    if (payload == null || signature == null || wantsMore(header)) {
      return null;
    }
    @Nullable ObjectNode claims = StrictJson.object(payload);
    @Nullable String algorithm = text(header, "alg");
    @Nullable String keyId = text(header, "kid");
    if (claims == null || algorithm == null || keyId == null) {
      return null;
    }
    @Nullable String type = text(header, "typ");
    byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    return new Jwt(algorithm, keyId, type == null ? "" : type, claims, signed, signature);
  }

  /** Extensions that must be understood, a payload that is encoded otherwise, a token in it. */
  private static boolean wantsMore(ObjectNode header) {
    return header.has("crit")
        || header.has("b64")
        || header.has("zip")
        || header.has("enc")
        || header.has("cty");
  }

  private static @Nullable ObjectNode header(String part) {
    byte @Nullable [] bytes = decoded(part);
    return bytes == null ? null : StrictJson.object(bytes);
  }

  private static @Nullable String text(ObjectNode object, String name) {
    var value = object.get(name);
    return value != null && value.isTextual() && !value.textValue().isEmpty()
        ? value.textValue()
        : null;
  }

  /**
   * Base64url without padding, written as it is always written: two spellings would be two tokens.
   */
  private static byte @Nullable [] decoded(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      boolean isUsual = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part);
      return isUsual && bytes.length > 0 ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "Jwt[withheld]";
  }
}
