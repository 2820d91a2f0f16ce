package io.wholechart;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed rate, whatever becomes of them, over connections that are kept: a caller who
 * waits for answers would go easy on a service that is slow.
 */
final class Load {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long TICK = Duration.ofMillis(5).toNanos();

  /** Half of what the service allows: it hangs up on a connection that rests for longer. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final int port;
  private final ConcurrentLinkedDeque<Resting> idle = new ConcurrentLinkedDeque<>();

  private record Resting(WireCaller wire, long since) {}

  /**
   * One answer.
   *
   * @param status 0 where there was none
   * @param at when it was asked for, in milliseconds since the load began
   */
  record Answer(String urgency, int status, long at, double ms) {
    boolean isGood() {
      return status == 200;
    }
  }

  Load(int port) {
    this.port = port;
  }

  /**
   * Asks for a while, and returns when the last one has its answer.
   *
   * @param urgency of the n-th request
   */
  List<Answer> run(int perSecond, Duration time, IntFunction<String> urgency)
      throws InterruptedException {
    var answers = new ConcurrentLinkedQueue<Answer>();
    List<Thread> callers = new ArrayList<>();
    long start = System.nanoTime();
    int asked = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
      for (; asked < due; asked++) {
        int n = asked;
        callers.add(Thread.startVirtualThread(() -> answers.add(ask(urgency.apply(n), n, start))));
      }
      LockSupport.parkNanos(TICK);
    }
    for (Thread caller : callers) {
      caller.join();
    }
    return new ArrayList<>(answers);
  }

  private Answer ask(String urgency, int n, long start) {
    long asked = System.nanoTime();
    int status = 0;
    String patient = HeldHospital.PATIENTS.get(n % HeldHospital.PATIENTS.size());
    try {
      WireCaller wire = connection();
      int answered = wire.ask("/patients/" + patient + "?urgency=" + urgency, "load-" + n);
      wire.rest();
      status = answered;
      idle.push(new Resting(wire, System.nanoTime()));
    } catch (IOException e) {
      // no answer
    }
    long now = System.nanoTime();
    return new Answer(urgency, status, (asked - start) / 1_000_000, (now - asked) / 1e6);
  }

  private WireCaller connection() throws IOException {
    @Nullable Resting last = idle.poll();
    if (last == null) {
      return new WireCaller(port, PATIENCE);
    }
    if (System.nanoTime() - last.since() < LONGEST_REST.toNanos()) {
      return last.wire();
    }
    last.wire().close();
    return new WireCaller(port, PATIENCE);
  }

  /** The time within which that share of the answers came. */
  static double percentile(List<Answer> answers, double percent) {
    List<Double> sorted = answers.stream().map(Answer::ms).sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(sorted.size() * percent / 100);
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }
}
