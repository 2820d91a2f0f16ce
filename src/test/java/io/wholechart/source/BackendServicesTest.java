package io.wholechart.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.wholechart.source.SourceSettings.Auth;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that wants a token, and the server that gives it, over sockets. */
class BackendServicesTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final WireMockServer http =
      new WireMockServer(options().dynamicPort().jettyAcceptQueueSize(1000).containerThreads(220));
  private KeyPair keys;
  private Path file;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    http.start();
    keys = Keys.ec("secp384r1");
    file = Keys.write(keys, directory.resolve("key.pem"));
    tokenIs("t1");
    http.stubFor(
        get(anyUrl())
            .withHeader("Authorization", equalTo("Bearer t1"))
            .willReturn(aResponse().withBody("chart")));
  }

  @AfterEach
  void stop() {
    http.stop();
  }

  private void tokenIs(String token) {
    http.stubFor(
        post(urlEqualTo("/token"))
            .willReturn(
                aResponse()
                    .withTransformers("response-template")
                    .withFixedDelay(50)
                    .withBody(
                        "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":300}"
                            .formatted(token))));
  }

  /** The source takes this one from now on, and no other. */
  private void wants(String token) {
    http.stubFor(get(anyUrl()).atPriority(2).willReturn(aResponse().withStatus(401)));
    http.stubFor(
        get(anyUrl())
            .atPriority(1)
            .withHeader("Authorization", equalTo("Bearer " + token))
            .willReturn(aResponse().withBody("chart")));
    tokenIs(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "ES384"})
  void theClientProvesItselfByASignedAssertion(String algorithm) throws Exception {
    if (algorithm.equals("RS384")) {
      keys = Keys.rsa(2048);
      Keys.write(keys, file);
    }
    assertThat(status(read(upstream(), "/a"))).isEqualTo(200);

    Map<String, String> form = form();
    assertThat(form)
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", "system/*.rs")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        .hasSize(4);
    var jwt = SignedJWT.parse(form.get("client_assertion"));
    JWSVerifier verifier =
        keys.getPublic() instanceof ECPublicKey ec
            ? new ECDSAVerifier(ec)
            : new RSASSAVerifier((RSAPublicKey) keys.getPublic());
    assertThat(jwt.verify(verifier)).isTrue();
    assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("JWT");
    var claims = jwt.getJWTClaimsSet();
    assertThat(List.of(claims.getIssuer(), claims.getSubject())).containsOnly("wholechart");
    assertThat(claims.getAudience()).containsExactly(http.baseUrl() + "/token");
    assertThat(claims.getExpirationTime())
        .isAfter(Date.from(NOW))
        .isBeforeOrEqualTo(Date.from(NOW.plusSeconds(300)));
    assertThat(claims.getJWTID()).isNotBlank();
  }

  @Test
  void twoHundredRequestsAtOnceFetchOneToken() throws Exception {
    Upstream upstream = upstream();

    assertThat(statuses(upstream, 200)).hasSize(200).containsOnly(200);
    http.verify(1, postRequestedFor(urlEqualTo("/token")));
    http.verify(200, getRequestedFor(anyUrl()));
  }

  @Test
  void aSourceThatAnswers401OnceGetsANewTokenAndOneRepeat() throws Exception {
    Upstream upstream = upstream();
    assertThat(status(read(upstream, "/a"))).isEqualTo(200);
    wants("t2");

    assertThat(status(read(upstream, "/b"))).isEqualTo(200);
    http.verify(2, postRequestedFor(urlEqualTo("/token")));
    http.verify(2, getRequestedFor(urlEqualTo("/b")));
  }

  @Test
  void twoHundredThatAreRefusedAtOnceFetchOneToken() throws Exception {
    Upstream upstream = upstream();
    assertThat(status(read(upstream, "/a"))).isEqualTo(200);
    wants("t2");

    assertThat(statuses(upstream, 200)).hasSize(200).containsOnly(200);
    http.verify(2, postRequestedFor(urlEqualTo("/token")));
  }

  @Test
  void aSourceThatTakesNoTokenIsAskedTwiceAndNoMore() throws Exception {
    wants("another");
    tokenIs("{{randomValue length=8 type='ALPHANUMERIC'}}");
    Upstream upstream = upstream();

    assertThat(failure(read(upstream, "/a")).detail()).isEqualTo("answered HTTP 401");
    http.verify(2, getRequestedFor(urlEqualTo("/a")));
    assertThat(failure(read(upstream, "/b")).detail()).isEqualTo("answered HTTP 401");
    http.verify(1, getRequestedFor(urlEqualTo("/b")));
    http.verify(2, postRequestedFor(urlEqualTo("/token")));
  }

  @Test
  void theDeadlineAlsoBoundsTheWaitForAToken() throws Exception {
    http.stubFor(post(urlEqualTo("/token")).willReturn(aResponse().withFixedDelay(60_000)));
    Upstream upstream = upstream();
    var end = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                upstream.read(request("/a"));
              } catch (InterruptedException e) {
                end.countDown();
              }
            });
    org.awaitility.Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
    caller.interrupt();

    assertThat(end.await(5, TimeUnit.SECONDS)).isTrue();
    http.verify(0, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 500})
  void withoutATokenTheSourceIsNotAsked(int status) throws Exception {
    http.stubFor(
        post(urlEqualTo("/token"))
            .willReturn(
                aResponse().withStatus(status).withHeader("Location", http.url("/elsewhere"))));

    Failure failure = failure(read(upstream(), "/a"));

    assertThat(failure.reason()).isEqualTo(FailureReason.AUTH_FAILED);
    assertThat(failure.detail())
        .isEqualTo("was not asked: its token endpoint answered HTTP " + status);
    http.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void aSecretThatChangesIsReadAgainWhenTheSourceRefusesIt() throws Exception {
    Files.writeString(file, "old");
    wants("new");
    var upstream =
        Sources.authorized(
            call(), Auth.simple(Auth.Type.BEARER, file), LONGEST, InstantSource.fixed(NOW));
    assertThat(failure(read(upstream, "/a")).detail()).isEqualTo("answered HTTP 401");
    http.verify(1, getRequestedFor(urlEqualTo("/a")));

    Files.writeString(file, "new\n");

    assertThat(status(read(upstream, "/b"))).isEqualTo(200);
    Files.writeString(file, "two\nlines");
    assertThat(status(read(upstream, "/c"))).isEqualTo(200);
  }

  private HttpUpstream call() {
    return new HttpUpstream(
        new Connections(ClientTls.usual(), Names.ofSystem(), AddressRule.usual(), 1000),
        InstantSource.fixed(NOW));
  }

  private Upstream upstream() throws Exception {
    var auth =
        new Auth(
            Auth.Type.OAUTH2,
            file,
            URI.create(http.url("/token")),
            "wholechart",
            "k1",
            "system/*.rs");
    return Sources.authorized(call(), auth, LONGEST, InstantSource.fixed(NOW));
  }

  private UpstreamRequest request(String path) {
    return new UpstreamRequest(http.url(path), "text/plain", 1000, Intakes.of("ehr"));
  }

  /** On a virtual thread, as the service asks. */
  private FutureTask<UpstreamAnswer> asking(Upstream upstream, String path) {
    var task = new FutureTask<>(() -> upstream.read(request(path)));
    Thread.ofVirtual().start(task);
    return task;
  }

  private UpstreamAnswer read(Upstream upstream, String path) throws Exception {
    return asking(upstream, path).get();
  }

  private List<Integer> statuses(Upstream upstream, int count) throws Exception {
    List<FutureTask<UpstreamAnswer>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(asking(upstream, "/p" + i));
    }
    List<Integer> statuses = new ArrayList<>();
    for (var task : tasks) {
      statuses.add(status(task.get()));
    }
    return statuses;
  }

  private static int status(UpstreamAnswer answer) {
    return switch (answer) {
      case UpstreamAnswer.Answered answered -> answered.status();
      case UpstreamAnswer.Broken(Failure failure, _) -> throw new AssertionError(failure);
    };
  }

  private static Failure failure(UpstreamAnswer answer) {
    return ((UpstreamAnswer.Broken) answer).failure();
  }

  private Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    for (String field :
        http.findAll(postRequestedFor(urlEqualTo("/token")))
            .getFirst()
            .getBodyAsString()
            .split("&")) {
      String[] parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }
}
