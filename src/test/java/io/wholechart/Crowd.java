package io.wholechart;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Callers who all ask at the same time, one request each, over a connection each. */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private final String name;
  private final int size;
  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();

  /** One answer: its status, how whole it says that it is, how long and how large it was. */
  record Outcome(int status, String completeness, long elapsedMs, long bodyBytes) {}

  /**
   * @param name what the ids of its requests begin with
   */
  Crowd(String name, int size) {
    this.name = name;
    this.size = size;
  }

  /** Returns when everybody has an answer, or none to expect. */
  void ask(int port, String urgency) throws InterruptedException {
    List<Thread> callers =
        IntStream.range(0, size)
            .mapToObj(n -> Thread.startVirtualThread(() -> ask(port, urgency, n)))
            .toList();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private void ask(int port, String urgency, int n) {
    String id = name + "-" + n;
    String patient = HeldHospital.PATIENTS.get(n % HeldHospital.PATIENTS.size());
    long start = System.nanoTime();
    try (var wire = new WireCaller(port, PATIENCE)) {
      int status = wire.ask("/patients/" + patient + "?urgency=" + urgency, id);
      WireCaller.Rest rest = wire.rest();
      long elapsedMs = (System.nanoTime() - start) / 1_000_000;
      outcomes.put(
          id, new Outcome(status, rest.header("X-Completeness"), elapsedMs, rest.bodyBytes()));
    } catch (IOException e) {
      complaints.add(e.toString());
    }
  }

  /** By request id. */
  Map<String, Outcome> outcomes() {
    return outcomes;
  }

  /** What befell those who got no answer. */
  Set<String> complaints() {
    return complaints;
  }

  /** How many answers there were of each kind. */
  Map<String, Integer> kinds() {
    Map<String, Integer> kinds = new TreeMap<>();
    for (Outcome outcome : outcomes.values()) {
      kinds.merge((outcome.status() + " " + outcome.completeness()).strip(), 1, Integer::sum);
    }
    return kinds;
  }

  /** The time within which that share of the answers came. */
  long percentileMs(int percent) {
    List<Long> sorted = all().stream().map(Outcome::elapsedMs).sorted().toList();
    return sorted.get(Math.max(0, Math.ceilDiv(sorted.size() * percent, 100) - 1));
  }

  long meanBytes() {
    return (long) all().stream().mapToLong(Outcome::bodyBytes).average().orElseThrow();
  }

  private Collection<Outcome> all() {
    return outcomes.values();
  }
}
