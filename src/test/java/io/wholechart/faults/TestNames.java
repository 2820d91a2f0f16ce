package io.wholechart.faults;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The test JVM's resolver of names: three kinds of its own, and the JDK's for all others.
 *
 * <p>A lookup that hangs does so as the system's does, which is a call into C: no interrupt ends
 * it, and a virtual thread that makes it takes its carrier along.
 */
public final class TestNames extends InetAddressResolverProvider {
  /** Names that end so are nobody's. */
  static final String NOWHERE = ".nowhere.test";

  /** Lookups of names that end so take longer than anybody waits. */
  static final String HANGING = ".hanging.test";

  /** {@code 127-0-0-1} or {@code fd00-ec2--254} before it is what such a name leads to. */
  public static final String ADDRESS = ".address.test";

  private static final Duration LONGEST = Duration.ofSeconds(6);
  private static final AtomicInteger ON_CARRIERS = new AtomicInteger();
  private static final AtomicInteger HUNG = new AtomicInteger();
  private static volatile CountDownLatch released = new CountDownLatch(1);

  /** How many lookups have hung so far. */
  public static int hung() {
    return HUNG.get();
  }

  /** How many of them did so on a virtual thread, and so would have held a carrier. */
  public static int hungOnCarriers() {
    return ON_CARRIERS.get();
  }

  /** Lets go whoever hangs. */
  public static void release() {
    CountDownLatch before = released;
    released = new CountDownLatch(1);
    before.countDown();
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtin = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        if (host.endsWith(NOWHERE)) {
          throw new UnknownHostException(host);
        }
        if (host.endsWith(HANGING)) {
          hang();
          throw new UnknownHostException(host);
        }
        if (host.endsWith(ADDRESS)) {
          return Stream.of(address(host.substring(0, host.length() - ADDRESS.length())));
        }
        return builtin.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtin.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "names of tests";
  }

  private static InetAddress address(String label) {
    boolean isOldStyle = label.chars().filter(c -> c == '-').count() == 3 && !label.contains("--");
    return InetAddress.ofLiteral(label.replace('-', isOldStyle ? '.' : ':'));
  }

  private static void hang() {
    HUNG.incrementAndGet();
    if (Thread.currentThread().isVirtual()) {
      ON_CARRIERS.incrementAndGet();
    }
    CountDownLatch until = released;
    long end = System.nanoTime() + LONGEST.toNanos();
    boolean isInterrupted = false;
    for (boolean isOver = false; !isOver; ) {
      try {
        isOver =
            until.await(end - System.nanoTime(), TimeUnit.NANOSECONDS) || end < System.nanoTime();
      } catch (InterruptedException e) {
        isInterrupted = true; // as C does: later
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
