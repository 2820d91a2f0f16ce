package io.wholechart;

import static io.wholechart.TestIssuer.es256;
import static io.wholechart.TestIssuer.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.access.AccessSettings;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in with which token, over HTTP, with an issuer on a socket of its own. */
class TokensIT {
  private static final String PATH = "/patients/p-1001";

  @TempDir Path directory;

  private final TestIssuer issuer = start();
  private final StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
  private Service service;
  private Caller caller;

  TokensIT() throws IOException {}

  private static TestIssuer start() {
    try {
      return TestIssuer.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start(@TempDir Path secrets) throws IOException {
    Path secret = Files.writeString(secrets.resolve("introspection"), "wholechart:s3cret");
    service =
        Service.start(
            TestSettings.of(
                directory,
                TestSettings.hospital(hospital::url),
                TestSettings.access(AccessSettings.Mode.OAUTH, TestIssuer.AUDIENCE),
                Map.of("hospital", issuer.settings(secret))));
    caller = new Caller(service.port());
  }

  @AfterEach
  void stop() throws IOException {
    service.close();
    hospital.close();
    issuer.close();
  }

  private Answered ask(String path, String... authorization)
      throws IOException, InterruptedException {
    String[] headers =
        Arrays.stream(authorization)
            .flatMap(value -> java.util.stream.Stream.of("Authorization", value))
            .toArray(String[]::new);
    return caller.send("GET", path, headers);
  }

  private Answered with(Map<String, Object> claims) throws IOException, InterruptedException {
    return ask(PATH, "Bearer " + issuer.token(claims));
  }

  @Test
  void noneOfThesePassesAndEachIsRecordedWithoutItsToken() throws Exception {
    assertThat(with(issuer.claims()).status()).as("a good one").isEqualTo(200);
    List<BadTokens.Case> cases = BadTokens.of(issuer);
    assertThat(cases).hasSizeGreaterThanOrEqualTo(60);
    List<String> table = new ArrayList<>();
    var softly = new SoftAssertions();
    List<String> requests = new ArrayList<>();
    for (BadTokens.Case bad : cases) {
      Answered answered = ask(PATH, bad.authorization().toArray(String[]::new));
      softly.assertThat(answered.status()).as(bad.what()).isEqualTo(bad.status());
      softly.assertThat(answered.json().has("data")).as(bad.what()).isFalse();
      if (bad.status() == 401) {
        softly
            .assertThat(answered.header("WWW-Authenticate"))
            .as(bad.what())
            .startsWith("Bearer realm=\"wholechart\"");
      }
      requests.add(answered.requestId());
      table.add(
          "%-45s %d  %s"
              .formatted(bad.what(), answered.status(), answered.json().path("detail").asText()));
    }
    assertThat(with(issuer.claims()).status()).as("and a good one after them").isEqualTo(200);
    String log = log();
    for (int i = 0; i < cases.size(); i++) {
      softly
          .assertThat(log)
          .as("record of: " + cases.get(i).what())
          .contains("\"" + requests.get(i) + "\"");
      for (String header : cases.get(i).authorization()) {
        for (String part : header.split("[ .,]", -1)) {
          if (part.length() >= 40) {
            softly.assertThat(log).as(cases.get(i).what()).doesNotContain(part);
          }
        }
      }
    }
    softly.assertAll();
    Files.createDirectories(Path.of("target"));
    table.add(cases.size() + " tokens, none believed");
    Files.write(Path.of("target/tokens.txt"), table, StandardCharsets.UTF_8);
  }

  @Test
  void theRecordSaysWhoItWas() throws Exception {
    Map<String, Object> claims = issuer.claims();
    claims.put("name", "Doctor Example");
    claims.put("realm_access", Map.of("roles", List.of("physician")));
    claims.put(
        "extensions",
        Map.of(
            "hl7-b2b", Map.of("purpose_of_use", List.of("urn:oid:2.16.840.1.113883.5.8#HPAYMT"))));

    assertThat(with(claims).status()).isEqualTo(200);

    assertThat(log())
        .contains(
            "\"issuer\":\"" + issuer.name() + "\"",
            "\"subject\":\"user-17\"",
            "\"name\":\"Doctor Example\"",
            "\"client\":\"ward-app\"",
            "\"tokenId\":\"" + claims.get("jti") + "\"",
            "physician",
            "HPAYMT");
  }

  @Test
  void ellipticKeysSignToo() throws Exception {
    String token = es256(header("ES256", "ec-1"), issuer.claims(), issuer.ec);
    assertThat(ask(PATH, "Bearer " + token).status()).isEqualTo(200);
    assertThat(ask(PATH, "bearer " + token).status()).as("in small letters").isEqualTo(200);
  }

  @Test
  void aNewKeyIsKnownAsSoonAsItIsUsed() throws Exception {
    assertThat(with(issuer.claims()).status()).isEqualTo(200);
    var next = TestIssuer.rsa("rsa-next");
    issuer.published = List.of(issuer.rsa, next);

    String token = TestIssuer.rs256(header("RS256", "rsa-next"), issuer.claims(), next);

    assertThat(ask(PATH, "Bearer " + token).status()).isEqualTo(200);
  }

  @Test
  void aKeyThatWasTakenBackIsRefusedOnceTheOthersAreRead() throws Exception {
    var next = TestIssuer.rsa("rsa-next");
    issuer.published = List.of(next);
    String token = TestIssuer.rs256(header("RS256", "rsa-next"), issuer.claims(), next);
    assertThat(ask(PATH, "Bearer " + token).status()).isEqualTo(200);

    assertThat(with(issuer.claims()).status()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsNoJwtIsAskedAboutOnce() throws Exception {
    issuer.introspected = TestIssuer.json(issuer.claims()).replaceFirst("\\{", "{\"active\":true,");

    assertThat(ask(PATH, "Bearer opaque-token-of-somebody").status()).isEqualTo(200);
    assertThat(ask(PATH, "Bearer opaque-token-of-somebody").status()).isEqualTo(200);

    assertThat(issuer.asked).hasValue(1);
    assertThat(log()).doesNotContain("opaque-token-of-somebody").contains("user-17");
  }

  @Test
  void aTokenThatIsNotActiveIsRefused() throws Exception {
    assertThat(ask(PATH, "Bearer opaque-token-of-somebody").status()).isEqualTo(401);
    assertThat(issuer.asked).hasValue(1);
  }

  @Test
  void anIssuerThatTalksNonsenseIsUnavailable() throws Exception {
    issuer.introspected = "<html>";
    Answered answered = ask(PATH, "Bearer opaque-token-of-somebody");
    assertThat(answered.status()).isEqualTo(503);
    assertThat(answered.header("Retry-After")).isNotEmpty();
  }

  @Test
  void withoutATokenOnlyWhatIsPublicIsShown() throws Exception {
    assertThat(ask("/fhir/metadata").status()).isEqualTo(200);
    Answered fhir = ask("/fhir/Patient/p-1001/$everything");
    assertThat(fhir.status()).isEqualTo(401);
    assertThat(fhir.json().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(fhir.json().at("/issue/0/code").asText()).isEqualTo("login");
    assertThat(ask(PATH).header("X-Access-Mode")).isEmpty();
  }

  @Test
  void whereTokensAreToBeHadIsForEverybody() throws Exception {
    for (String path : List.of("/fhir/.well-known", "/.well-known")) {
      Answered answered = ask(path + "/smart-configuration");
      assertThat(answered.status()).isEqualTo(200);
      assertThat(answered.header("Content-Type")).isEqualTo("application/json");
      var json = answered.json();
      assertThat(json.path("issuer").asText()).isEqualTo(issuer.name());
      assertThat(json.path("token_endpoint").asText()).endsWith("/token");
      assertThat(json.path("jwks_uri").asText()).endsWith("/keys");
      assertThat(json.at("/grant_types_supported/0").asText()).isEqualTo("client_credentials");
      assertThat(json.at("/capabilities/0").asText()).isEqualTo("permission-v2");
      assertThat(json.at("/code_challenge_methods_supported/0").asText()).isEqualTo("S256");
      assertThat(json.path("scopes_supported").isArray()).isTrue();
      assertThat(log()).contains("\"" + answered.requestId() + "\"");
    }
  }

  private String log() throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".jsonl"))
          .map(file -> {
            try {
              return Files.readString(file);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          })
          .collect(Collectors.joining());
    }
  }
}
