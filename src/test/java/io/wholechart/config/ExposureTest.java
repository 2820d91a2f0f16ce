package io.wholechart.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExposureTest {
  private static final String OAUTH =
      """
      access: {mode: oauth, audience: "https://chart.example"}
      issuers:
        hospital: {issuer: "https://login.example", jwks: "https://login.example/keys"}
      """;

  @TempDir Path directory;
  private Layers layers;

  @BeforeEach
  void start() {
    layers = new Layers(directory);
  }

  private Layers exposed() {
    return layers.flag("server.host", "0.0.0.0");
  }

  private void keyIsKept() throws IOException {
    Path key = Files.writeString(directory.resolve("key.pem"), "somebody's");
    layers.flag("audit.signingKey", key.toString());
  }

  @Test
  void onLoopbackNothingIsAskedFor() {
    assertThat(layers.flag("server.host", "::1").load().server().host()).isEqualTo("::1");
  }

  @Test
  void allThatIsMissingIsToldAtOnce() {
    assertThat(exposed().flag("audit.signingKey", directory + "/none.pem").problems())
        .contains(
            "server.host 0.0.0.0 can be reached from other machines",
            "set access.mode to oauth",
            "server.tls is missing",
            "access.behindTlsProxy: true",
            "audit.signingKey names no key that is there (none.pem)",
            "openssl genpkey -algorithm ed25519");
  }

  @Test
  void theOtherSocketIsLookedAtAsWell() throws Exception {
    keyIsKept();
    String problems = layers.file(OAUTH).flag("admin.host", "0.0.0.0").problems();
    assertThat(problems).contains("admin.tls is missing").doesNotContain("server.tls");
  }

  @Test
  void oauthWithoutItsIssuerIsNotEnough() throws Exception {
    keyIsKept();
    assertThat(exposed().flag("access.mode", "oauth").problems())
        .contains("access.audience is missing", "issuers is empty", "server.tls is missing");
  }

  @Test
  void behindAProxyThatEndsTlsItMayListen() throws Exception {
    keyIsKept();
    Settings settings = exposed().file(OAUTH).flag("access.behindTlsProxy", "true").load();
    assertThat(settings.server().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void aHostThatIsNoneIsNamed() {
    assertThat(layers.flag("server.host", "no.such.host.invalid").problems())
        .contains("server.host no.such.host.invalid is not a known host");
  }

  @Test
  void keysAreNotFetchedOverAWireThatOthersWriteTo() {
    assertThat(
            layers
                .file(OAUTH.replace("https://login.example/keys", "http://login.example/keys"))
                .problems())
        .contains("issuers.hospital.jwks is an https URL");
  }

  @Test
  void anIssuersKeyThatDoesNotExistIsNamedWithTheNearest() {
    assertThat(layers.file(OAUTH.replace("jwks:", "jwk:")).problems())
        .contains("issuers.hospital.jwk is not a setting; did you mean issuers.hospital.jwks?");
  }

  @Test
  void algorithmsByWhichAPublicKeyCouldSignAreRefused() {
    assertThat(layers.flag("access.algorithms", "[HS256]").problems())
        .contains("access.algorithms are some of RS256, RS384, PS256, ES256, ES384");
  }
}
