package io.wholechart.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, by their ids.
 *
 * <p>They are fetched anew now and then, and when a token names a key that is not among them: that
 * is how issuers change keys. Whoever brings such a token waits for a fetch that begins after it
 * came, so that a good one is never refused. But there is one fetch a second at most, and so many
 * wait at most: otherwise whoever makes up ids would have us ask the issuer as often as they like.
 * While the issuer cannot be asked, the keys that it last named are used, for a while.
 */
final class Jwks {
  /** How old keys may be before others are asked for, while these are used on. */
  private static final Duration ANEW = Duration.ofMinutes(5);

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(1500);
  private static final int MOST_WAITING = 500;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int MOST_KEYS = 100;

  /** Where they are published. */
  interface Published {
    /** The document; null where it cannot be had. */
    byte @Nullable [] read() throws InterruptedException;
  }

  /** Whether there is such a key. */
  sealed interface Found {
    /**
     * There is.
     *
     * @param algorithm for which it alone is meant, if for one
     */
    record Key(PublicKey key, @Nullable String algorithm) implements Found {}

    record Unknown() implements Found {}

    /** The issuer cannot be asked. */
    record Unavailable() implements Found {}
  }

  private record Held(Map<String, Found.Key> byId, long since) {}

  private final Published published;
  private final Duration stale;
  private final LongSupplier ticker;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private volatile @Nullable Held held;
  private volatile boolean hasFailed;

  // Guarded by this.
  private @Nullable CountDownLatch next; // the end of a fetch that has not begun
  private long lastBegun;

  /**
   * @param stale how long keys are used after they could last be fetched
   */
  Jwks(Published published, Duration stale, LongSupplier ticker) {
    this.published = published;
    this.stale = stale;
    this.ticker = ticker;
    this.lastBegun = ticker.getAsLong() - BETWEEN.toNanos();
  }

  /** Has them fetched, so that the first caller need not wait. */
  void warmUp() {
    var _ = fetch();
  }

  Found find(String id) throws InterruptedException {
    @Nullable Held now = usable();
    if (now != null) {
      if (ticker.getAsLong() - now.since() >= ANEW.toNanos()) {
        var _ = fetch();
      }
      Found.@Nullable Key key = now.byId().get(id);
      if (key != null) {
        return key;
      }
    }
    return findAnew(id);
  }

  private Found findAnew(String id) throws InterruptedException {
    if (!waiting.tryAcquire()) {
      return new Found.Unavailable();
    }
    boolean isFetched;
    try {
      isFetched = fetch().await(WAIT.toNanos(), TimeUnit.NANOSECONDS) && !hasFailed;
    } finally {
      waiting.release();
    }
    @Nullable Held now = usable();
    Found.@Nullable Key key = now == null ? null : now.byId().get(id);
    if (key != null) {
      return key;
    }
    return isFetched && now != null ? new Found.Unknown() : new Found.Unavailable();
  }

  private @Nullable Held usable() {
    @Nullable Held now = held;
    boolean isUsable =
        now != null && ticker.getAsLong() - now.since() <= ANEW.plus(stale).toNanos();
    return isUsable ? now : null;
  }

  /** The end of a fetch that begins after this. */
  private synchronized CountDownLatch fetch() {
    if (next == null) {
      var end = new CountDownLatch(1);
      next = end;
      long pause = lastBegun + BETWEEN.toNanos() - ticker.getAsLong();
      Thread.ofVirtual().name("issuer-keys").start(() -> run(end, pause));
    }
    return next;
  }

  private void run(CountDownLatch end, long pause) {
    try {
      if (pause > 0) {
        TimeUnit.NANOSECONDS.sleep(pause);
      }
      begin();
      byte @Nullable [] document = published.read();
      Map<String, Found.Key> keys = document == null ? Map.of() : keys(document);
      if (!keys.isEmpty()) {
        held = new Held(keys, ticker.getAsLong());
      }
      hasFailed = keys.isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.countDown();
    }
  }

  private synchronized void begin() {
    lastBegun = ticker.getAsLong();
    next = null; // who comes from here on may want what is published only now
  }

  /**
   * The keys for signatures that are fit for use; others are left out, as if they were not there.
   */
  private static Map<String, Found.Key> keys(byte[] document) {
    @Nullable ObjectNode set = StrictJson.object(document);
    Map<String, Found.Key> keys = new HashMap<>();
    if (set == null) {
      return keys;
    }
    for (JsonNode each : set.path("keys")) {
      Found.@Nullable Key key = key(each);
      String id = each.path("kid").asText("");
      if (key != null && !id.isEmpty() && keys.size() < MOST_KEYS) {
        keys.put(id, key);
      }
    }
    return keys;
  }

  private static Found.@Nullable Key key(JsonNode json) {
    try {
      JWK jwk = JWK.parse(json.toString());
      if (jwk.getKeyUse() != null && !jwk.getKeyUse().equals(KeyUse.SIGNATURE)) {
        return null;
      }
      @Nullable String algorithm = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
      return switch (jwk) {
        case RSAKey rsa when rsa.size() >= LEAST_RSA_BITS ->
            new Found.Key(rsa.toRSAPublicKey(), algorithm);
        case ECKey ec -> new Found.Key(ec.toECPublicKey(), algorithm);
        default -> null;
      };
    } catch (ParseException | JOSEException | RuntimeException e) {
      return null; // of a kind that the library does not know, or broken
    }
  }
}
