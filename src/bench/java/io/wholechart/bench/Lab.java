package io.wholechart.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What all experiments share. */
record Lab(Scale scale, Stub stub, List<Contender> contenders, Path work) {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  /** Looks into an answer of everybody: nothing is measured that is not right. */
  void check(Field field, String patient, int entries) throws IOException {
    for (Running running : field.all()) {
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
  }

  /** Lets everybody work as long as the scale says, and longer where the machine has other work. */
  void warm(Field field, String patient, int connections, Duration duration) throws IOException {
    for (Running running : field.all()) {
      try (Load load = running.load(patient, "normal")) {
        load.closed(connections, 200, duration, duration.toMillis() / 10 * 2);
      }
    }
  }

  static void say(String format, Object... values) {
    System.err.printf("[bench] " + format + "%n", values);
  }
}
