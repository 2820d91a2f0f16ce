package io.wholechart.faults;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Four sources that answer most calls well and do to the others what could bring one patient's data
 * to another: they answer late, break off, answer twice, hang up on a connection that is kept, or
 * take somebody for somebody else.
 *
 * <p>What happens to a call hangs on the seed, the patient and what is asked, and not on when it
 * comes.
 */
public final class MixingHospital implements AutoCloseable {
  /** What befalls a call, and of how many in a thousand. */
  enum Mishap {
    LATE(40),
    SILENT(15),
    HALF_THEN_SILENT(15),
    RESET(20),
    HALF_THEN_RESET(20),
    HALF_THEN_END(20),
    END_AFTERWARDS(60),
    ANSWERED_TWICE(20),
    ANOTHER_PATIENT(20),
    UNAVAILABLE(20);

    private final int inThousand;

    Mishap(int inThousand) {
      this.inThousand = inThousand;
    }
  }

  private static final String UNAVAILABLE =
      "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 9\r\n\r\n";

  private final long seed;
  private final int longestDelayMillis;
  private final Map<String, SourceServer> servers = new LinkedHashMap<>();
  private final Map<Mishap, LongAdder> befell = new LinkedHashMap<>();
  private final LongAdder hungUp = new LongAdder();

  /**
   * @param longestDelayMillis how late a late answer is, at most
   */
  public MixingHospital(long seed, int longestDelayMillis) throws IOException {
    this.seed = seed;
    this.longestDelayMillis = longestDelayMillis;
    for (Mishap mishap : Mishap.values()) {
      befell.put(mishap, new LongAdder());
    }
    for (String source : Fault.SOURCES) {
      servers.put(source, new SourceServer(source, this::answer));
    }
  }

  public String url(String source) {
    return servers.get(source).url();
  }

  /** Calls that came. */
  public long calls() {
    return servers.values().stream().mapToLong(SourceServer::calls).sum();
  }

  /** Calls that came on a connection that had been used before. */
  public long reused() {
    return servers.values().stream().mapToLong(SourceServer::reused).sum();
  }

  /** Connections that were ever made. */
  public long connections() {
    return servers.values().stream().mapToLong(SourceServer::connections).sum();
  }

  /** Connections that are open now. */
  public int open() {
    return servers.values().stream().mapToInt(SourceServer::open).sum();
  }

  /** Calls that the service gave up while the source was silent. */
  public long hungUp() {
    return hungUp.sum();
  }

  /** How often each mishap befell a call. */
  public String mishaps() {
    return befell.toString().replaceAll("[{}]", "");
  }

  /** Hangs up on everybody who is connected. */
  public void cut() {
    servers.values().forEach(SourceServer::cut);
  }

  @Override
  public void close() throws IOException {
    for (SourceServer server : servers.values()) {
      server.close();
    }
  }

  private boolean answer(SourceServer.Asked asked, Wire wire)
      throws IOException, InterruptedException {
    RandomGenerator random =
        RandomGeneratorFactory.of("SplittableRandom")
            .create(
                seed ^ asked.patient().number() * 0x9E3779B97F4A7C15L ^ asked.what().hashCode());
    byte[] right = asked.right().http(asked.patient());
    int lot = random.nextInt(1000);
    for (Mishap mishap : Mishap.values()) {
      lot -= mishap.inThousand;
      if (lot < 0) {
        befell.get(mishap).increment();
        return befall(mishap, right, asked, wire, random);
      }
    }
    wire.write(right);
    return true;
  }

  private boolean befall(
      Mishap mishap, byte[] right, SourceServer.Asked asked, Wire wire, RandomGenerator random)
      throws IOException, InterruptedException {
    int half = random.nextInt(1, right.length);
    return switch (mishap) {
      case LATE -> {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(longestDelayMillis));
        wire.write(right);
        yield true;
      }
      case SILENT -> silence(wire);
      case HALF_THEN_SILENT -> {
        wire.write(right, 0, half);
        yield silence(wire);
      }
      case RESET -> reset(wire);
      case HALF_THEN_RESET -> {
        wire.write(right, 0, half);
        yield reset(wire);
      }
      case HALF_THEN_END -> {
        wire.write(right, 0, half);
        yield false;
      }
      case END_AFTERWARDS -> {
        wire.write(right);
        yield false;
      }
      case ANSWERED_TWICE -> {
        wire.write(right);
        if (random.nextBoolean()) { // at once, or when the connection may be in use again
          TimeUnit.MICROSECONDS.sleep(random.nextInt(2000));
        }
        wire.write(asked.right().http(another(asked, random)));
        yield true;
      }
      case ANOTHER_PATIENT -> {
        wire.write(asked.right().http(another(asked, random)));
        yield true;
      }
      case UNAVAILABLE -> {
        wire.write(UNAVAILABLE);
        yield true;
      }
    };
  }

  private boolean silence(Wire wire) {
    wire.untilHungUp();
    hungUp.increment();
    return false;
  }

  private static boolean reset(Wire wire) throws IOException {
    wire.reset();
    return false;
  }

  private static PatientMark another(SourceServer.Asked asked, RandomGenerator random) {
    int number = random.nextInt(PatientMark.FIRST, 10 * PatientMark.FIRST);
    return new PatientMark(number == asked.patient().number() ? number ^ 1 : number);
  }
}
