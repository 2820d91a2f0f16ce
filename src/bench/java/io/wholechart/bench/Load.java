package io.wholechart.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.HdrHistogram.Histogram;

/**
 * Callers of one service, on one selector thread. Three ways to call: closed (each connection asks
 * again when it has its answer), open (at a fixed rate, whatever the answers do; latency counts
 * from the moment at which a request was meant to leave, so that a service that stalls cannot hide
 * the requests that it kept from being sent), and all at once.
 */
final class Load implements AutoCloseable {
  private static final long HIGHEST = Duration.ofMinutes(2).toNanos();

  private static final Duration LONGEST_END = Duration.ofSeconds(15);

  private final int port;
  private final ByteBuffer request;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

  // Of the run that is under way, and its selector thread's own.
  private Histogram latency = new Histogram(HIGHEST, 3);
  private Map<String, Long> outcomes = new TreeMap<>();
  private long completed;
  private long whole;
  private long errors;
  private int expected;
  private int waiting;
  private boolean isEnding;

  /**
   * What came of a run.
   *
   * @param errors connections that broke and answers whose status was not the expected one
   * @param whole answers in which no source was missing
   * @param inTime how many of the completed ones came before the last request was sent
   * @param outcomes how often each status, or way to break, was seen
   */
  record Result(
      long completed,
      long errors,
      long whole,
      Map<String, Long> outcomes,
      Histogram latency,
      long inTime,
      Duration elapsed) {
    double perSecond() {
      return inTime * 1e9 / elapsed.toNanos();
    }

    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }

    double meanMillis() {
      return latency.getMean() / 1e6;
    }
  }

  Load(int port, String target, String authorization) throws IOException {
    this.port = port;
    this.request = LoadConnection.request(target, port, authorization);
    this.selector = Selector.open();
  }

  /**
   * Each of so many connections asks again when it has its answer.
   *
   * @param atLeast so many answers are waited for, up to ten times the duration
   */
  Result closed(int connections, int expectedStatus, Duration duration, long atLeast)
      throws IOException {
    reset(expectedStatus);
    for (int i = 0; i < connections; i++) {
      connect();
    }
    long start = System.nanoTime();
    for (SelectionKey key : selector.keys()) {
      ((LoadConnection) key.attachment()).send(request.duplicate(), System.nanoTime());
    }
    long least = start + duration.toNanos();
    long most = start + 10 * duration.toNanos();
    waiting = connections;
    for (long now = start;
        now < least || (completed < atLeast && now < most);
        now = System.nanoTime()) {
      selector.select(this::closedReady, 10);
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    long inTime = completed;
    isEnding = true; // what is under way counts as well, or its CPU time would be somebody else's
    long latest = System.nanoTime() + LONGEST_END.toNanos();
    while (waiting > 0 && System.nanoTime() < latest) {
      selector.select(this::closedReady, 10);
    }
    neverCame(waiting);
    return finish(inTime, elapsed);
  }

  private void closedReady(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      Optional<LoadConnection.Answer> answer = connection.read(buffer);
      if (answer.isPresent()) {
        long now = System.nanoTime();
        record(answer.get(), now);
        if (isEnding) {
          waiting--;
        } else {
          connection.send(request.duplicate(), now);
        }
      }
    } catch (IOException e) {
      broken(connection, e);
      if (isEnding) {
        waiting--;
        return;
      }
      try {
        connect().send(request.duplicate(), System.nanoTime());
      } catch (IOException again) {
        throw new IllegalStateException("the service takes no connection any more", again);
      }
    }
  }

  /** So many requests a second, on as many connections as are needed, up to a bound. */
  Result open(int perSecond, int maxConnections, int expectedStatus, Duration duration)
      throws IOException {
    reset(expectedStatus);
    Deque<LoadConnection> idle = new ConcurrentLinkedDeque<>();
    for (int i = 0; i < maxConnections; i++) {
      idle.add(connect());
    }
    long count = duration.toMillis() * perSecond / 1000;
    long start = System.nanoTime();
    var pacer =
        Thread.ofPlatform().name("pacer").unstarted(() -> pace(start, count, perSecond, idle));
    pacer.start();
    long latest = start + duration.toNanos() + Duration.ofSeconds(15).toNanos();
    while (completed + errors < count && System.nanoTime() < latest) {
      selector.select(key -> openReady(key, idle), 10);
    }
    neverCame(count - completed - errors);
    return finish(completed, Duration.ofNanos(System.nanoTime() - start));
  }

  private void pace(long start, long count, int perSecond, Deque<LoadConnection> idle) {
    try {
      for (long i = 0; i < count; i++) {
        long due = start + i * 1_000_000_000L / perSecond;
        Pace.await(due);
        LoadConnection connection = idle.poll();
        while (connection == null) { // its latency goes on counting from its due
          Thread.onSpinWait();
          connection = idle.poll();
        }
        connection.send(request.duplicate(), due);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the service hung up on an idle connection", e);
    }
  }

  private void openReady(SelectionKey key, Deque<LoadConnection> idle) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      Optional<LoadConnection.Answer> answer = connection.read(buffer);
      if (answer.isPresent()) {
        record(answer.get(), System.nanoTime());
        idle.push(connection);
      }
    } catch (IOException e) {
      broken(connection, e);
      try {
        idle.push(connect());
      } catch (IOException again) {
        throw new IllegalStateException("the service takes no connection any more", again);
      }
    }
  }

  /** All at once, one request a connection; each one's latency counts from when it was sent. */
  Result burst(int connections, int expectedStatus, Duration atMost) throws IOException {
    reset(expectedStatus);
    for (int i = 0; i < connections; i++) {
      connect();
    }
    long start = System.nanoTime();
    for (SelectionKey key : selector.keys()) {
      ((LoadConnection) key.attachment()).send(request.duplicate(), System.nanoTime());
    }
    while (completed + errors < connections && System.nanoTime() - start < atMost.toNanos()) {
      selector.select(
          key -> {
            LoadConnection connection = (LoadConnection) key.attachment();
            try {
              Optional<LoadConnection.Answer> answer = connection.read(buffer);
              if (answer.isPresent()) {
                record(answer.get(), System.nanoTime());
              }
            } catch (IOException e) {
              broken(connection, e);
            }
          },
          10);
    }
    neverCame(connections - completed - errors);
    return finish(completed, Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }

  private LoadConnection connect() throws IOException {
    LoadConnection connection = LoadConnection.open(port);
    connection.register(selector);
    return connection;
  }

  private void record(LoadConnection.Answer answer, long now) {
    if (answer.status() == expected) {
      completed++;
      whole += answer.isWhole() ? 1 : 0;
      latency.recordValue(Math.clamp(now - answer.since(), 0, HIGHEST));
    } else {
      errors++;
    }
    outcomes.merge("HTTP " + answer.status(), 1L, Long::sum);
  }

  private void broken(LoadConnection connection, IOException e) {
    errors++;
    outcomes.merge(String.valueOf(e.getMessage()), 1L, Long::sum);
    connection.close();
  }

  private void reset(int expectedStatus) {
    latency = new Histogram(HIGHEST, 3);
    outcomes = new TreeMap<>();
    completed = 0;
    whole = 0;
    errors = 0;
    expected = expectedStatus;
    isEnding = false;
  }

  private void neverCame(long count) {
    if (count > 0) {
      errors += count;
      outcomes.merge("no answer", count, Long::sum);
    }
  }

  private Result finish(long inTime, Duration elapsed) throws IOException {
    for (SelectionKey key : selector.keys()) {
      ((LoadConnection) key.attachment()).close();
    }
    selector.selectNow(); // takes the closed keys out
    return new Result(completed, errors, whole, outcomes, latency, inTime, elapsed);
  }
}
