package io.wholechart.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What all experiments share.
 *
 * @param stub the sources of every contender
 * @param stubCommand starts others like them
 */
record Lab(
    Scale scale, Stub stub, List<String> stubCommand, List<Contender> contenders, Path work) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(1);

  /** All contenders, running side by side; whoever has no turn idles. */
  static final class Field implements AutoCloseable {
    private final List<Running> running = new ArrayList<>();

    List<Running> all() {
      return running;
    }

    @Override
    public void close() {
      running.forEach(Running::close);
    }
  }

  Field start(Setting setting) throws IOException {
    return start(setting, contenders);
  }

  Field start(Setting setting, List<Contender> which) throws IOException {
    var field = new Field();
    try {
      for (Contender contender : which) {
        field.running.add(Running.start(contender, setting, work));
      }
      return field;
    } catch (IOException | RuntimeException e) {
      field.close();
      throw e;
    }
  }

  void check(Field field, String patient, int entries) throws IOException {
    for (Running running : field.all()) {
      check(running, patient, entries);
    }
  }

  /** Looks into an answer: nothing is measured that is not right. */
  void check(Running running, String patient, int entries) throws IOException {
    HttpResponse<String> answer = running.ask(patient);
    JsonNode body = JSON.readTree(answer.body());
    long found =
        running.contender().isOurs()
            ? body.at("/sourceStatus/0/entries").asLong()
            : body.at("/data/ehr").size();
    boolean isRight = body.path("isComplete").asBoolean() && found == entries;
    if (answer.statusCode() != 200 || !isRight) {
      throw new IllegalStateException(
          "%s does not answer well for %s: %d entries of %d; %s"
              .formatted(
                  running.name(),
                  patient,
                  found,
                  entries,
                  answer.body().substring(0, Math.min(600, answer.body().length()))));
    }
  }

  /** Returns when it gives whole charts again, twenty in a row. */
  void recover(Running running, String patient) throws IOException {
    long end = System.nanoTime() + RECOVERED_WITHIN.toNanos();
    for (int whole = 0; whole < 20; ) {
      HttpResponse<String> answer = running.ask(patient);
      boolean isWhole =
          answer.statusCode() == 200 && JSON.readTree(answer.body()).path("isComplete").asBoolean();
      whole = isWhole ? whole + 1 : 0;
      if (System.nanoTime() > end) {
        throw new IllegalStateException(running.name() + " does not recover");
      }
      if (!isWhole) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
  }

  void warm(Field field, String patient, int connections, Duration duration) throws IOException {
    for (Running running : field.all()) {
      warm(running, patient, connections, duration);
    }
  }

  /**
   * Lets one work so long, and longer where the machine has other work too: what a JVM compiles
   * goes by how often it ran, and a large chart runs everything many times.
   */
  void warm(Running running, String patient, int connections, Duration duration)
      throws IOException {
    long enough = duration.toMillis() / (patient.equals(Charts.SMALL) ? 2 : 20);
    try (Load load = running.load(patient, "normal")) {
      load.closed(connections, 200, duration, enough);
    }
  }

  static void say(String format, Object... values) {
    System.err.printf("[bench] " + format + "%n", values);
  }
}
