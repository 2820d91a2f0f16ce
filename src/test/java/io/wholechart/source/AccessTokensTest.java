package io.wholechart.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.source.Credentials.Shown;
import io.wholechart.source.SourceSettings.Auth;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  @TempDir static Path directory;
  private static Auth auth;

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Upstream endpoint = this::grant;
  private final AccessTokens tokens =
      new AccessTokens(
          new TokenEndpoint(
              request -> {
                asked.incrementAndGet();
                return endpoint.read(request);
              },
              auth,
              InstantSource.fixed(Instant.EPOCH)),
          Duration.ofSeconds(10),
          now::get);

  @BeforeAll
  static void key() throws Exception {
    auth =
        new Auth(
            Auth.Type.OAUTH2,
            Keys.write(Keys.ec("secp384r1"), directory.resolve("key.pem")),
            URI.create("https://ehr.example/token"),
            "wholechart",
            "k1",
            null);
  }

  private UpstreamAnswer grant(UpstreamRequest request) {
    return json(
        "{\"access_token\":\"t%d\",\"token_type\":\"Bearer\",\"expires_in\":100}"
            .formatted(asked.get()));
  }

  private static UpstreamAnswer json(String body) {
    return new UpstreamAnswer.Answered(
        200, "application/json", "", body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
  }

  @Test
  void aTokenIsKeptUntilMostOfItsLifetimeIsOver() throws Exception {
    assertThat(shown()).isEqualTo("Bearer t1");
    after(79);
    assertThat(shown()).isEqualTo("Bearer t1");
    assertThat(asked).hasValue(1);
  }

  @Test
  void itIsRenewedBeforeItsEndAndUsedMeanwhile() throws Exception {
    shown();
    var mayAnswer = new CountDownLatch(1);
    endpoint =
        request -> {
          mayAnswer.await();
          return grant(request);
        };
    after(80);
    for (int i = 0; i < 20; i++) {
      assertThat(shown()).isEqualTo("Bearer t1");
    }
    await().untilAtomic(asked, org.hamcrest.Matchers.is(2));
    mayAnswer.countDown();

    await().until(this::shown, "Bearer t2"::equals);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFailedRenewalIsNoFailureAsLongAsTheTokenIsValid() throws Exception {
    shown();
    endpoint = _ -> UpstreamAnswer.broken(FailureReason.ERROR, "answered HTTP 503");
    after(85);
    assertThat(shown()).isEqualTo("Bearer t1");
    await().untilAtomic(asked, org.hamcrest.Matchers.is(2));
    after(91);

    assertThat(failure().detail()).isEqualTo("was not asked: its token endpoint answered HTTP 503");
    assertThat(failure().reason()).isEqualTo(FailureReason.AUTH_FAILED);
  }

  @Test
  void whileTheEndpointFailsItIsAskedOnceASecond() throws Exception {
    endpoint = _ -> UpstreamAnswer.broken(FailureReason.UNREACHABLE, "refused the connection");
    for (int i = 0; i < 50; i++) {
      failure();
    }
    assertThat(asked).hasValue(1);
    endpoint = this::grant;
    after(2);

    assertThat(shown()).isEqualTo("Bearer t2");
  }

  @Test
  void aRefusedTokenIsReplacedOnceHoweverManyAreRefused() throws Exception {
    var first = (Shown.Header) tokens.current();
    for (int i = 0; i < 200; i++) {
      assertThat(tokens.isWorthAnother(first)).isTrue();
      assertThat(shown()).isEqualTo("Bearer t2");
    }
    assertThat(asked).hasValue(2);
  }

  /** Else every request to a source that takes no token of ours would fetch another one. */
  @Test
  void aSourceThatRefusesEveryTokenCostsFewOfThem() throws Exception {
    for (int i = 0; i < 100; i++) {
      tokens.isWorthAnother((Shown.Header) tokens.current());
      tokens.current();
    }
    assertThat(asked).hasValue(2);
    after(11);
    assertThat(tokens.isWorthAnother((Shown.Header) tokens.current())).isTrue();
  }

  @Test
  void whoGivesUpWaitingTakesTheTokenFromNobodyElse() throws Exception {
    var mayAnswer = new CountDownLatch(1);
    endpoint =
        request -> {
          mayAnswer.await();
          return grant(request);
        };
    List<String> outcomes = new CopyOnWriteArrayList<>();
    Thread first = waiting(outcomes);
    await().until(() -> first.getState() == Thread.State.WAITING);
    Thread second = waiting(outcomes);
    await().until(() -> second.getState() == Thread.State.WAITING);
    first.interrupt();
    first.join();
    assertThat(outcomes).containsExactly("given up");
    mayAnswer.countDown();
    second.join();

    assertThat(outcomes).containsExactly("given up", "Bearer t1");
    assertThat(asked).hasValue(1);
  }

  private Thread waiting(List<String> outcomes) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            outcomes.add(shown());
          } catch (InterruptedException e) {
            outcomes.add("given up");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "not json",
        "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"abc\"}",
        "{\"access_token\":\"abc\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"abc\\r\\nX-Evil: 1\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"a b\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"abc\",\"token_type\":\"bearer\",\"expires_in\":0}",
        "{\"access_token\":\"abc\",\"token_type\":\"bearer\",\"expires_in\":-1}"
      })
  void whatIsNoTokenIsNone(String body) throws Exception {
    endpoint = _ -> json(body);

    assertThat(failure().reason()).isEqualTo(FailureReason.AUTH_FAILED);
    assertThat(failure().detail()).doesNotContain("abc", "Evil");
  }

  @Test
  void aTokenIsNotInWhatIsPrinted() throws Exception {
    assertThat(tokens.current().toString()).isEqualTo("Header[***]");
  }

  private String shown() throws InterruptedException {
    return ((Shown.Header) tokens.current()).value();
  }

  private Failure failure() throws InterruptedException {
    return ((Shown.Nothing) tokens.current()).cause();
  }

  /**
   * @param seconds from the beginning
   */
  private void after(long seconds) {
    now.set(Duration.ofSeconds(seconds).toNanos());
  }
}
