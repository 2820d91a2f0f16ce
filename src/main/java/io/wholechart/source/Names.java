package io.wholechart.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks host names up within the deadline of who asks.
 *
 * <p>The system's resolver can hang for half a minute, cannot be interrupted, and holds a virtual
 * thread's carrier meanwhile: two names that hang would stop a machine of two cores. So a lookup
 * runs on a platform thread of its own, one a name at most, and names are few, since they come from
 * the configuration alone. Whoever waits for it can be interrupted. What was found is kept for a
 * short time, and is used a while longer where the resolver does not answer.
 */
final class Names {
  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Duration USABLE = Duration.ofMinutes(10);

  /** Where names come from. */
  interface Resolver {
    InetAddress resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final LongSupplier ticker;
  private final Map<String, Name> names = new ConcurrentHashMap<>();

  Names(Resolver resolver, LongSupplier ticker) {
    this.resolver = resolver;
    this.ticker = ticker;
  }

  /** The system's, which keeps what it found for half a minute as well. */
  static Names ofSystem() {
    return new Names(InetAddress::getByName, System::nanoTime);
  }

  InetAddress address(String host) throws UnknownHostException, InterruptedException {
    return isLiteral(host)
        ? InetAddress.getByName(host)
        : names.computeIfAbsent(host, Name::new).address();
  }

  /** An address, for which nobody is asked. */
  static boolean isLiteral(String host) {
    return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static final class Lookup {
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable InetAddress found;
  }

  private final class Name {
    private final String host;
    private @Nullable InetAddress known;
    private long knownAt;
    private @Nullable Lookup underWay;

    private Name(String host) {
      this.host = host;
    }

    private InetAddress address() throws UnknownHostException, InterruptedException {
      Lookup lookup;
      synchronized (this) {
        if (known != null && isYounger(FRESH)) {
          return known;
        }
        lookup = underWay == null ? begin() : underWay;
        if (known != null && isYounger(USABLE)) {
          return known;
        }
      }
      lookup.end.await();
      @Nullable InetAddress found = lookup.found;
      if (found == null) {
        throw new UnknownHostException();
      }
      return found;
    }

    private boolean isYounger(Duration age) {
      return ticker.getAsLong() - knownAt < age.toNanos();
    }

    private Lookup begin() {
      var lookup = new Lookup();
      underWay = lookup;
      Thread.ofPlatform().daemon().name("name-lookup").start(() -> run(lookup));
      return lookup;
    }

    private void run(Lookup lookup) {
      @Nullable InetAddress found = null;
      try {
        found = resolver.resolve(host);
      } catch (UnknownHostException e) {
        // Not found.
      } finally {
        end(lookup, found);
      }
    }

    private synchronized void end(Lookup lookup, @Nullable InetAddress found) {
      underWay = null;
      if (found != null) {
        known = found;
        knownAt = ticker.getAsLong();
      }
      lookup.found = found;
      lookup.end.countDown();
    }
  }
}
