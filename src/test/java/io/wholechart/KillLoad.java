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
  private final Map<String, Integer> answered = new ConcurrentHashMap<>();
  private final AtomicInteger seen = new AtomicInteger();
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

  /** How many answers were seen when it was killed; those under way then come on top. */
  int killAfter() {
    return killAfter;
  }

  /** What went wrong before the kill. */
  Set<String> complaints() {
    return complaints;
  }

  /** Returns the status of every answer of which the whole status line was seen. */
  Map<String, Integer> untilItIsKilled() throws InterruptedException {
    List<Thread> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(caller -> Thread.startVirtualThread(() -> pressOn(caller)))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }
    service.close();
    return answered;
  }

  private void pressOn(int caller) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + caller);
    try (var wire = new WireCaller(service.port(), PATIENCE)) {
      for (int n = 1; true; n++) {
        String id = name + "-" + caller + "-" + n;
        answered.put(id, wire.ask(path(random), id));
        if (seen.incrementAndGet() == killAfter) {
          LockSupport.parkNanos(pauseNanos);
          isKilled = true;
          service.kill();
        }
        wire.rest();
      }
    } catch (IOException e) {
      if (!isKilled) {
        complaints.add("before the kill: " + e);
      }
    }
  }

  private static String path(RandomGenerator random) {
    var urgencies = Urgency.values();
    return REQUESTS
        .get(random.nextInt(REQUESTS.size()))
        .formatted(urgencies[random.nextInt(urgencies.length)].key());
  }
}
