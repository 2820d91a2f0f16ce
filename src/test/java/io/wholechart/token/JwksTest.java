package io.wholechart.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.wholechart.token.Jwks.Found;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class JwksTest {
  private static final Duration STALE = Duration.ofHours(1);

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile String document = set(rsa("a"));
  private volatile boolean isDown;
  private final Jwks jwks =
      new Jwks(
          () -> {
            reads.incrementAndGet();
            return isDown ? null : document.getBytes(StandardCharsets.UTF_8);
          },
          STALE,
          now::get);

  private void later(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aKnownKeyIsFetchedOnce() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    assertThat(reads).hasValue(1);
  }

  @Test
  void keysAreFetchedAnewAfterAWhileAndUsedMeanwhile() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    later(Duration.ofMinutes(6));
    document = set(rsa("b"));

    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);

    await().until(() -> jwks.find("b") instanceof Found.Key);
    assertThat(jwks.find("b")).isInstanceOf(Found.Key.class);
  }

  @Test
  void anUnknownIdIsLookedForAnew() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    later(Duration.ofSeconds(2));
    document = set(rsa("a"), rsa("b"));

    assertThat(jwks.find("b")).isInstanceOf(Found.Key.class);

    assertThat(reads).hasValue(2);
  }

  @Test
  void idsThatAreMadeUpDoNotMakeUsAskMoreOftenThanOnceASecond() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    later(Duration.ofSeconds(2));
    var threads = new java.util.ArrayList<Thread>();
    for (int i = 0; i < 100; i++) {
      String id = "made-up-" + i;
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              assertThat(jwks.find(id)).isInstanceOf(Found.Unknown.class);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // One for those who came before it began, and one for those who came after.
    assertThat(reads.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void whileTheIssuerIsDownKeysAreUsedForAWhileAndThenNoMore() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    isDown = true;

    later(STALE);
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);

    later(Duration.ofMinutes(6));
    assertThat(jwks.find("a")).isInstanceOf(Found.Unavailable.class);

    isDown = false;
    later(Duration.ofSeconds(2));
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
  }

  @Test
  void anUnknownIdWhileTheIssuerIsDownIsNotAJudgement() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    isDown = true;
    later(Duration.ofSeconds(2));
    assertThat(jwks.find("b")).isInstanceOf(Found.Unavailable.class);
  }

  @Test
  void whatIsNoKeySetLeavesTheKeysThatThereAre() throws Exception {
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    document = "{\"keys\":[]}";
    later(Duration.ofSeconds(2));
    assertThat(jwks.find("b")).isInstanceOf(Found.Unavailable.class);
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
  }

  @Test
  void keysThatDoNotVerifyAreLeftOut() throws Exception {
    document =
        "{\"keys\":["
            + rsa("weak", 1024)
            + ","
            + secret()
            + ",{\"kty\":\"XYZ\",\"kid\":\"strange\"},{\"kid\":\"bare\"},"
            + new com.nimbusds.jose.jwk.RSAKey.Builder((com.nimbusds.jose.jwk.RSAKey) rsa("enc"))
                .keyUse(KeyUse.ENCRYPTION)
                .build()
            + ","
            + rsa("a").toPublicJWK()
            + "]}";
    assertThat(jwks.find("a")).isInstanceOf(Found.Key.class);
    for (String id : List.of("weak", "secret", "strange", "bare", "enc")) {
      later(Duration.ofSeconds(2));
      assertThat(jwks.find(id)).as(id).isInstanceOf(Found.Unknown.class);
    }
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(true);
  }

  private static JWK rsa(String id) {
    return rsa(id, 2048);
  }

  private static JWK rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWK secret() {
    try {
      return new OctetSequenceKeyGenerator(256).keyID("secret").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
