package io.wholechart.token;

import io.wholechart.access.Permit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What tokens allow that were believed already: a signature costs as much as a tenth of a chart. No
 * token is kept, only its hash, so that none can be read out of our memory.
 *
 * <p>Refused ones are not remembered: they would push out those that are good.
 */
final class VerifiedTokens {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Verdict.Permitted> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** SHA-256 of a token, as four numbers. */
  record Key(long a, long b, long c, long d) {
    static Key of(String token) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        var longs = java.nio.ByteBuffer.wrap(hash).asLongBuffer();
        return new Key(longs.get(0), longs.get(1), longs.get(2), longs.get(3));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  VerifiedTokens(int most) {
    this.most = most;
  }

  /** What it allows; null where that must be found out. */
  @Nullable Permit permit(Key token, Instant now) {
    lock.lock();
    try {
      Verdict.@Nullable Permitted found = kept.get(token);
      if (found == null) {
        return null;
      }
      if (!now.isBefore(found.until())) {
        kept.remove(token);
        return null;
      }
      return found.permit();
    } finally {
      lock.unlock();
    }
  }

  void keep(Key token, Verdict.Permitted verdict) {
    lock.lock();
    try {
      kept.put(token, verdict);
      if (kept.size() > most) {
        kept.remove(kept.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
