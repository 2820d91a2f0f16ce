package io.wholechart;

import static io.wholechart.TestIssuer.base64;
import static io.wholechart.TestIssuer.es256;
import static io.wholechart.TestIssuer.header;
import static io.wholechart.TestIssuer.json;
import static io.wholechart.TestIssuer.rs256;
import static io.wholechart.TestIssuer.signed;

import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that must not be believed, each with what is wrong with it. */
final class BadTokens {
  private static final String RS256 = "SHA256withRSA";

  private final TestIssuer issuer;
  private final RSAKey forger = TestIssuer.rsa("rsa-1");
  private final List<Case> cases = new ArrayList<>();

  /**
   * One attempt.
   *
   * @param status what it must come to
   * @param authorization the headers, whole
   */
  record Case(String what, int status, List<String> authorization) {}

  private BadTokens(TestIssuer issuer) {
    this.issuer = issuer;
  }

  static List<Case> of(TestIssuer issuer) throws Exception {
    var bad = new BadTokens(issuer);
    bad.headers();
    bad.forms();
    bad.signatures();
    bad.algorithms();
    bad.keys();
    bad.extensions();
    bad.claims();
    bad.duplicates();
    return bad.cases;
  }

  private void add(String what, String token) {
    cases.add(new Case(what, 401, List.of("Bearer " + token)));
  }

  private void addHeader(String what, int status, String... authorization) {
    cases.add(new Case(what, status, List.of(authorization)));
  }

  private void claim(String what, Consumer<Map<String, Object>> change) {
    Map<String, Object> claims = issuer.claims();
    change.accept(claims);
    add(what, issuer.token(claims));
  }

  private void head(String what, Consumer<Map<String, Object>> change) {
    Map<String, Object> header = header("RS256", "rsa-1");
    change.accept(header);
    add(what, rs256(header, issuer.claims(), issuer.rsa));
  }

  private String good() {
    return issuer.token(issuer.claims());
  }

  private void headers() {
    addHeader("no header", 401);
    addHeader("no token behind Bearer", 400, "Bearer");
    addHeader("another scheme", 400, "Basic dXNlcjpwYXNz");
    addHeader("two headers", 400, "Bearer " + good(), "Bearer " + good());
    addHeader("two tokens in one", 400, "Bearer " + good() + "," + good());
    addHeader("a blank in the token", 400, "Bearer " + good().replace('.', ' '));
    addHeader("quoted", 400, "Bearer \"" + good() + "\"");
    addHeader("two blanks", 400, "Bearer  " + good());
  }

  private void forms() {
    String[] parts = good().split("\\.", -1);
    add("no dot", "abcdefgh");
    add("one dot", parts[0] + "." + parts[1]);
    add("three dots", good() + ".x");
    add("encrypted: five parts", parts[0] + "..." + parts[1] + "." + parts[2]);
    add("no payload", parts[0] + ".." + parts[2]);
    add("no signature", parts[0] + "." + parts[1] + ".");
    add("header is no JSON", base64("{alg") + "." + parts[1] + "." + parts[2]);
    add("header is a list", base64("[1]") + "." + parts[1] + "." + parts[2]);
    add("payload is no JSON", signed(json(header("RS256", "rsa-1")), "{", RS256, issuer.rsa));
    add("payload is a list", signed(json(header("RS256", "rsa-1")), "[]", RS256, issuer.rsa));
    add(
        "something behind the payload",
        signed(json(header("RS256", "rsa-1")), json(issuer.claims()) + "{}", RS256, issuer.rsa));
    add("padded", good() + "=");
    add("base64 that is not for URLs", parts[0] + "." + parts[1] + ".+/" + parts[2].substring(2));
    claim("longer than is read", c -> c.put("x", "x".repeat(9000)));
    claim("nested deeply", c -> c.put("x", nested(100)));
  }

  private static Object nested(int depth) {
    Object value = 1;
    for (int i = 0; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  private void signatures() {
    String[] parts = good().split("\\.", -1);
    String[] others = good().split("\\.", -1);
    add("another token's signature", parts[0] + "." + parts[1] + "." + others[2]);
    add("another token's payload", parts[0] + "." + others[1] + "." + parts[2]);
    add("a signature cut off", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 40));
    add("a signature of zeros", parts[0] + "." + parts[1] + "." + zeros(256));
    String elliptic = json(header("ES256", "ec-1"));
    String content = base64(elliptic) + "." + base64(json(issuer.claims()));
    add("an elliptic signature of zeros", content + "." + zeros(64));
    add("an elliptic signature of no length", content + "." + zeros(1));
    add(
        "an elliptic signature in DER",
        signed(elliptic, json(issuer.claims()), "SHA256withECDSA", issuer.ec));
    add(
        "a header that is not the one that was signed",
        base64(json(header("RS256", "rsa-1")).replace("at+jwt", "AT+JWT"))
            + "."
            + parts[1]
            + "."
            + parts[2]);
  }

  private static String zeros(int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[length]);
  }

  private void algorithms() throws Exception {
    String payload = base64(json(issuer.claims()));
    for (String none : List.of("none", "None", "nOnE")) {
      add("alg " + none, base64(json(header(none, "rsa-1"))) + "." + payload + ".");
    }
    add("alg none with a signature", signedAs("none"));
    byte[] der = issuer.rsa.toRSAPublicKey().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    add("HS256 with the public key", hmac(der));
    add("HS256 with the public key as PEM", hmac(pem.getBytes(StandardCharsets.US_ASCII)));
    add("HS256 with an empty-looking key", hmac(new byte[] {0}));
    add("RS512, which is not on the list", signedAs("RS512"));
    add("alg in small letters", signedAs("rs256"));
    add("PS256 with a key for RS256", signedAs("PS256"));
    add("RS256 with an elliptic key's id", rs256(header("RS256", "ec-1"), issuer.claims(), forger));
    add("ES256 with an RSA key's id", es256(header("ES256", "rsa-1"), issuer.claims(), issuer.ec));
    add(
        "ES256 with a key of another curve",
        es256(header("ES256", "ec-384"), issuer.claims(), issuer.ec384));
    head("no alg", h -> h.remove("alg"));
    head("alg is a list", h -> h.put("alg", List.of("RS256")));
  }

  private String signedAs(String algorithm) {
    return rs256(header(algorithm, "rsa-1"), issuer.claims(), issuer.rsa);
  }

  private String hmac(byte[] key) throws GeneralSecurityException {
    String content = base64(json(header("HS256", "rsa-1"))) + "." + base64(json(issuer.claims()));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] tag = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
  }

  private void keys() {
    head("no kid", h -> h.remove("kid"));
    head("an empty kid", h -> h.put("kid", ""));
    head("a kid that is a number", h -> h.put("kid", 1));
    head("an unknown kid", h -> h.put("kid", "rsa-2"));
    head("a kid that is a path", h -> h.put("kid", "../../../etc/passwd"));
    head("another key's kid", h -> h.put("kid", "ec-1"));
    add("a forger's key", rs256(header("RS256", "rsa-1"), issuer.claims(), forger));
    Map<String, Object> own = header("RS256", "rsa-1");
    own.put("jwk", forger.toPublicJWK().toJSONObject());
    add("a key of its own (jwk)", rs256(own, issuer.claims(), forger));
    Map<String, Object> elsewhere = header("RS256", "rsa-1");
    elsewhere.put("jku", "http://127.0.0.1:1/keys");
    elsewhere.put("x5u", "http://127.0.0.1:1/chain");
    add("keys elsewhere (jku, x5u)", rs256(elsewhere, issuer.claims(), forger));
  }

  private void extensions() {
    head("crit", h -> h.put("crit", List.of("exp")));
    head("b64", h -> h.put("b64", false));
    head("zip", h -> h.put("zip", "DEF"));
    head("a token in a token", h -> h.put("cty", "JWT"));
    head("no typ", h -> h.remove("typ"));
    head("typ JWT, as of an identity token", h -> h.put("typ", "JWT"));
    head("another typ", h -> h.put("typ", "logout+jwt"));
  }

  private void claims() {
    long now = Instant.now().getEpochSecond();
    for (String name : List.of("iss", "sub", "aud", "exp", "iat", "jti")) {
      claim("no " + name, c -> c.remove(name));
      claim(name + " is null", c -> c.put(name, null));
      claim(name + " is a block", c -> c.put(name, Map.of("a", 1)));
    }
    claim("another issuer", c -> c.put("iss", "https://login.example"));
    claim("nearly the issuer", c -> c.put("iss", issuer.name() + "/"));
    claim("the issuer in capitals", c -> c.put("iss", issuer.name().toUpperCase()));
    claim("another audience", c -> c.put("aud", "https://other.example"));
    claim("nearly the audience", c -> c.put("aud", TestIssuer.AUDIENCE + "/"));
    claim("no audience in the list", c -> c.put("aud", List.of()));
    claim("others in the list", c -> c.put("aud", List.of("a", "b")));
    claim("a list with what is no text", c -> c.put("aud", Arrays.asList(TestIssuer.AUDIENCE, 1)));
    claim("expired", c -> c.put("exp", now - 31));
    claim("expired long ago", c -> c.put("exp", 0));
    claim("exp is text", c -> c.put("exp", "" + (now + 300)));
    claim("exp before 1970", c -> c.put("exp", -1));
    claim("exp after all time", c -> c.put("exp", 1e300));
    claim("not yet valid", c -> c.put("nbf", now + 120));
    claim("nbf is text", c -> c.put("nbf", "soon"));
    claim("made in the future", c -> c.put("iat", now + 120));
    claim("an empty subject", c -> c.put("sub", ""));
    claim("a subject of control characters", c -> c.put("sub", "a\r\nb"));
    claim("a subject without end", c -> c.put("sub", "x".repeat(257)));
    claim("a number without end", c -> c.put("jti", "x".repeat(257)));
    claim("bound to another's key", c -> c.put("cnf", Map.of("jkt", "abc")));
    claim("scope is a list", c -> c.put("scope", List.of("user/*.rs")));
    claim("a purpose that is none", c -> c.put("extensions", purpose("a b")));
    claim("of one patient and of none", c -> c.put("scope", "patient/*.rs"));
    claim("of a patient who cannot be", c -> ofPatient(c, "../p-1001"));
    Map<String, Object> others = issuer.claims();
    ofPatient(others, "p-1002");
    cases.add(new Case("of another patient", 403, List.of("Bearer " + issuer.token(others))));
  }

  private static void ofPatient(Map<String, Object> claims, String patient) {
    claims.put("scope", "launch/patient patient/*.rs");
    claims.put("patient", patient);
  }

  private static Map<String, Object> purpose(String code) {
    return Map.of("hl7-b2b", Map.of("purpose_of_use", List.of(code)));
  }

  private void duplicates() {
    Map<String, Object> claims = issuer.claims();
    Map<String, Object> worse = new LinkedHashMap<>(claims);
    worse.put("scope", "user/*.cruds");
    for (String name : claims.keySet()) {
      String again = json(Map.of(name, worse.get(name))).replaceAll("^\\{|\\}$", "");
      String payload = json(claims).replaceAll("\\}$", "") + "," + again + "}";
      add(name + " twice", signed(json(header("RS256", "rsa-1")), payload, RS256, issuer.rsa));
    }
    String header = "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"rsa-1\"}";
    add("alg twice", signed(header, json(claims), RS256, issuer.rsa));
  }
}
