package io.wholechart;

import io.wholechart.patient.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Callers who press on until the service is killed, at a moment that a seed has chosen. */
final class KillLoad {
  private static final int CALLERS = 48;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int MOST_REFUSED = 100_000; // some minutes of nothing else

  /** Right ones and, one in four, such as are refused: they are promised a record as well. */
  private static final List<String> REQUESTS =
      List.of(
          "/patients/p-1001?urgency=%s",
          "/patients/p-1002?urgency=%s",
          "/patients/p-1005?urgency=%s",
          "/patients/p-1006?urgency=%s",
          "/patients/p-1007?urgency=%s",
          "/patients/p-1011?urgency=%s",
          "/patients/p-1013?urgency=%s&minSources=3",
          "/patients/p-9999?urgency=%s",
          "/patients/p-1008?urgency=%s",
          "/patients/p-1001?urgency=%s&require=imaging",
          "/patients/not_an_id?urgency=%s",
          "/patients/p-1001?urgancy=%s");

  private final ServiceProcess service;
  private final String name;
  private final int killAfter;
  private final long pauseNanos;
  private final long seed;
  private final Map<String, Integer> promised = new ConcurrentHashMap<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger unkept = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();
  private volatile boolean isKilled;

  KillLoad(ServiceProcess service, String name, RandomGenerator random) {
    this.service = service;
    this.name = name;
    this.killAfter = random.nextInt(1, 600);
    this.pauseNanos = random.nextLong(3_000_000); // else it would always strike after an answer
    this.seed = random.nextLong();
  }

  /** What each request's id begins with. */
  String name() {
    return name;
  }

  /** How many answers had promised a record when it was killed; those under way come on top. */
  int killAfter() {
    return killAfter;
  }

  /** What went wrong before the kill. */
  Set<String> complaints() {
    return complaints;
  }

  /** How many answers said of themselves that they are in no file: see {@code emergencyPolicy}. */
  int unkept() {
    return unkept.get();
  }

  /** How many showed nothing, since they could not be recorded. */
  int refused() {
    return refused.get();
  }

  /**
   * Returns the status of every answer that promises a record: all of which the whole status line
   * was seen, but for those whose headers were seen too and promise none.
   */
  Map<String, Integer> untilItIsKilled() throws InterruptedException {
    List<Thread> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(caller -> Thread.startVirtualThread(() -> pressOn(caller)))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }
    service.close();
    return promised;
  }

  private void pressOn(int caller) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + caller);
    try (var wire = new WireCaller(service.port(), PATIENCE)) {
      for (int n = 1; true; n++) {
        String id = name + "-" + caller + "-" + n;
        int status = wire.ask(path(random), id);
        promised.put(id, status);
        answered(id, status, wire.rest());
      }
    } catch (IOException e) {
      if (!isKilled) {
        complaints.add("before the kill: " + e);
      }
    }
  }

  private void answered(String id, int status, WireCaller.Rest rest) {
    if (!rest.header("X-Audit-Receipt").isEmpty()) {
      if (seen.incrementAndGet() == killAfter) {
        LockSupport.parkNanos(pauseNanos);
        kill();
      }
      return;
    }
    promised.remove(id);
    if (rest.header("Audit-Assurance").equals("volatile")) {
      unkept.incrementAndGet();
    } else if (status != 503) {
      complaints.add("without a receipt: " + status);
    } else if (refused.incrementAndGet() == MOST_REFUSED) {
      complaints.add("refuses all");
      kill();
    }
  }

  private void kill() {
    isKilled = true;
    service.kill();
  }

  private static String path(RandomGenerator random) {
    var urgencies = Urgency.values();
    return REQUESTS
        .get(random.nextInt(REQUESTS.size()))
        .formatted(urgencies[random.nextInt(urgencies.length)].key());
  }
}
