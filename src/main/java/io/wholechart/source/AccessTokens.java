package io.wholechart.source;

import io.wholechart.source.TokenEndpoint.Grant;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A source's access token, kept for its lifetime and renewed before its end.
 *
 * <p>One is fetched at a time, however many want it, and on a thread of its own: whoever began to
 * wait may be the first whose deadline strikes, and the others still want the token. Shortly before
 * the end the next one is fetched while the old one is in use, so that in ordinary times nobody
 * waits.
 */
final class AccessTokens implements Credentials {
  /** A source that refuses every token would otherwise cost one more with every request. */
  private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(10);

  /** How long a failure is the answer to all, and after it a valid token is not renewed. */
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** For what its clock and ours, and the way there, may take away from the lifetime. */
  private static final Duration MOST_MARGIN = Duration.ofSeconds(10);

  private final TokenEndpoint endpoint;
  private final Duration longest;
  private final LongSupplier ticker;

  private @Nullable Held held;
  private @Nullable Fetch underWay;
  private @Nullable Failed failed;
  private @Nullable Long refusedAt;

  private record Held(Shown.Header header, long renewAt, long end) {}

  private record Failed(Shown.Nothing nothing, long at) {}

  private static final class Fetch {
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Shown shown =
        new Shown.Nothing(
            new Failure(
                FailureReason.AUTH_FAILED, "was not asked: its token endpoint did not answer"));
  }

  /**
   * @param longest how long a fetch may take
   */
  AccessTokens(TokenEndpoint endpoint, Duration longest, LongSupplier ticker) {
    this.endpoint = endpoint;
    this.longest = longest;
    this.ticker = ticker;
  }

  @Override
  public Shown current() throws InterruptedException {
    Fetch fetch;
    synchronized (this) {
      long now = ticker.getAsLong();
      boolean hasJustFailed = failed != null && now - failed.at() < AFTER_FAILURE.toNanos();
      if (held != null && now - held.end() < 0) {
        if (now - held.renewAt() >= 0 && underWay == null && !hasJustFailed) {
          begin();
        }
        return held.header();
      }
      if (underWay == null && hasJustFailed && failed != null) {
        return failed.nothing();
      }
      fetch = underWay == null ? begin() : underWay;
    }
    fetch.end.await();
    return fetch.shown;
  }

  @Override
  public synchronized boolean isWorthAnother(Shown.Header refused) {
    if (held == null || !held.header().equals(refused)) {
      return true; // somebody was refused before, and has seen to it
    }
    long now = ticker.getAsLong();
    if (refusedAt != null && now - refusedAt < BETWEEN_REFUSALS.toNanos()) {
      return false;
    }
    refusedAt = now;
    held = null;
    return true;
  }

  private Fetch begin() {
    var fetch = new Fetch();
    underWay = fetch;
    Thread asking = Thread.ofVirtual().name("token").start(() -> run(fetch));
    Thread.ofVirtual()
        .name("token-end")
        .start(() -> {
          try {
            if (!asking.join(longest)) {
              asking.interrupt(); // no timeout of the call bounds an answer that drips
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return fetch;
  }

  private void run(Fetch fetch) {
    long start = ticker.getAsLong(); // the lifetime began at the latest when it was answered
    @Nullable Grant grant = null;
    try {
      grant = endpoint.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(fetch, grant, start);
    }
  }

  private synchronized void end(Fetch fetch, @Nullable Grant grant, long start) {
    underWay = null;
    failed = null;
    switch (grant) {
      case Grant.Token(String value, Duration lifetime) -> {
        var header = new Shown.Header("Bearer " + value);
        long nanos = lifetime.toNanos();
        long margin = Math.min(MOST_MARGIN.toNanos(), nanos / 10);
        held = new Held(header, start + nanos / 5 * 4, start + nanos - margin);
        fetch.shown = header;
      }
      case Grant.Refused(Failure cause) -> fetch.shown = new Shown.Nothing(cause);
      case null -> {}
    }
    if (fetch.shown instanceof Shown.Nothing nothing) {
      failed = new Failed(nothing, ticker.getAsLong());
    }
    fetch.end.countDown();
  }
}
