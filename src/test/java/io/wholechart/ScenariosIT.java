package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.patient.Urgency;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every outage of every source at every urgency, with the deadlines that the service comes with. It
 * prints what was expected beside what was seen, and leaves the table in {@code target/}.
 */
@Tag("scenarios")
class ScenariosIT {
  private static final String PATIENT = "/patients/p-1001?urgency=";
  private static final long SLACK_MS = 100;

  /** What a missing source does to the sections, for the patient who is asked for. */
  private static final Map<String, Map<String, String>> STATES_WITHOUT =
      Map.of(
          "ehr",
          Map.of(
              "patient", "incomplete",
              "allergies", "unknown",
              "conditions", "unknown",
              "medications", "incomplete",
              "results", "incomplete",
              "encounters", "unknown",
              "immunizations", "unknown",
              "procedures", "unknown",
              "documents", "unknown"),
          "lab",
          Map.of("results", "incomplete"),
          "imaging",
          Map.of("imaging", "unknown"),
          "pharmacy",
          Map.of("medications", "incomplete"));

  private static final Map<Outage, String> STATUS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(Outage.HANG, "timeout"),
              Map.entry(Outage.SLOW, "ok"),
              Map.entry(Outage.DRIP, "timeout"),
              Map.entry(Outage.DOWN, "unreachable"),
              Map.entry(Outage.RESET, "error"),
              Map.entry(Outage.EMPTY, "invalid"),
              Map.entry(Outage.GARBAGE, "invalid"),
              Map.entry(Outage.TRUNCATED, "error"),
              Map.entry(Outage.HTML_LOGIN, "invalid"),
              Map.entry(Outage.WRONG_PATIENT, "identity-mismatch"),
              Map.entry(Outage.THROTTLED, "throttled")));

  private final Map<String, Relay> relays = new LinkedHashMap<>();
  private final List<String> table = new ArrayList<>();
  private final List<String> deviations = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void everyOutageIsToldAsWhatItIs() throws Exception {
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      for (String source : STATES_WITHOUT.keySet().stream().sorted().toList()) {
        relays.put(source, new Relay(hospital.url(source)));
      }
      var settings = TestSettings.of(directory, TestSettings.hospital(s -> relays.get(s).url()));
      try (var service = Service.start(settings)) {
        var caller = new Caller(service.port());
        caller.get(PATIENT + "normal"); // classes and contexts are loaded now
        Map<String, String> whole = states(caller.get(PATIENT + "normal").json());
        heading();
        for (String source : relays.keySet()) {
          for (Outage outage : STATUS.keySet()) {
            for (Urgency urgency : Urgency.values()) {
              row(hospital, caller, source, outage, urgency, whole);
            }
          }
        }
        allHung(hospital, caller);
      }
    } finally {
      for (Relay relay : relays.values()) {
        relay.close();
      }
      table.forEach(System.out::println);
      Files.write(Path.of("target/scenarios.txt"), table, StandardCharsets.UTF_8);
    }
    assertThat(deviations).isEmpty();
  }

  private void row(
      StubHospital hospital,
      Caller caller,
      String source,
      Outage outage,
      Urgency urgency,
      Map<String, String> whole)
      throws Exception {
    Relay relay = relays.get(source);
    begin(hospital, source, outage);
    Answered answered = caller.get(PATIENT + urgency.key());
    Duration deadline = TestSettings.DEADLINES.of(urgency);
    boolean isCutOff = outage == Outage.HANG || outage == Outage.DRIP;
    String hungUp = isCutOff ? hungUpAfter(relay, answered, deadline) : "-";
    hospital.heal();
    relay.up();

    JsonNode answer = answered.json();
    Map<String, String> expected = new TreeMap<>(whole);
    if (outage != Outage.SLOW) {
      expected.putAll(STATES_WITHOUT.get(source));
    }
    Map<String, String> seen = states(answer);
    String status = status(answer, source);
    boolean isInTime = answered.elapsedMs() <= deadline.toMillis() + SLACK_MS;
    boolean isAsExpected =
        answered.status() == 200
            && status.equals(STATUS.get(outage))
            && seen.equals(expected)
            && isInTime
            && (!isCutOff || isWithinSlack(hungUp));
    String row =
        String.format(
            "%-9s %-14s %-10s %-5s %-3d %-18s %-18s %-42s %6d  %9s  %s",
            source,
            outage.key(),
            urgency.key(),
            "200",
            answered.status(),
            STATUS.get(outage),
            status,
            difference(whole, seen),
            answered.elapsedMs(),
            hungUp,
            isAsExpected ? "as expected" : "DEVIATES, expected " + difference(whole, expected));
    table.add(row);
    if (!isAsExpected) {
      deviations.add(row);
    }
  }

  private void allHung(StubHospital hospital, Caller caller) throws Exception {
    for (Urgency urgency : List.of(Urgency.EMERGENCY, Urgency.NORMAL)) {
      for (String source : relays.keySet()) {
        begin(hospital, source, Outage.HANG);
      }
      Answered answered =
          caller.send("GET", PATIENT + urgency.key(), "X-Request-Id", "all-hung-" + urgency.key());
      hospital.heal();
      long limit = TestSettings.DEADLINES.of(urgency).toMillis() + SLACK_MS;
      boolean isAudited =
          new Journal(directory)
              .lines().stream()
                  .anyMatch(line ->
                      line.contains("\"all-hung-" + urgency.key() + "\"") && line.contains("504"));
      boolean isAsExpected = answered.status() == 504 && answered.elapsedMs() <= limit && isAudited;
      String row =
          String.format(
              "all four  hang           %-10s 504   %-3d %-37s audited: %-33s %6d  %9s  %s",
              urgency.key(),
              answered.status(),
              answered.json().path("type").asText(),
              isAudited,
              answered.elapsedMs(),
              "-",
              isAsExpected ? "as expected" : "DEVIATES");
      table.add(row);
      if (!isAsExpected) {
        deviations.add(row);
      }
    }
  }

  private void begin(StubHospital hospital, String source, Outage outage) throws Exception {
    Relay relay = relays.get(source);
    relay.cut();
    relay.drain();
    hospital.outage(source, outage);
    if (outage == Outage.DOWN) {
      relay.down();
    }
  }

  /** How long after the deadline the last connection of the source was hung up by the service. */
  private static String hungUpAfter(Relay relay, Answered answered, Duration deadline) {
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> relay.connections().stream().allMatch(Relay.Connection::isHungUp));
    long last =
        relay.connections().stream().mapToLong(Relay.Connection::hungUpAt).max().orElseThrow();
    return (last - answered.askedAt() - deadline.toNanos()) / 1_000_000 + " ms";
  }

  private static boolean isWithinSlack(String hungUp) {
    return Long.parseLong(hungUp.replace(" ms", "")) <= SLACK_MS;
  }

  private void heading() {
    table.add(
        String.format(
            "%-9s %-14s %-10s %-9s %-37s %-42s %6s  %9s",
            "source",
            "outage",
            "urgency",
            "HTTP",
            "source status",
            "sections that differ",
            "ms",
            "hung up"));
    table.add(
        String.format(
            "%-9s %-14s %-10s %-5s %-3s %-18s %-18s %-42s %6s  %9s",
            "", "", "", "exp.", "is", "expected", "seen", "from when all is well", "", "after"));
  }

  private static String status(JsonNode answer, String source) {
    for (JsonNode status : answer.path("sourceStatus")) {
      if (status.path("source").asText().equals(source)) {
        return status.path("status").asText();
      }
    }
    return "none";
  }

  private static Map<String, String> states(JsonNode answer) {
    Map<String, String> states = new TreeMap<>();
    answer
        .path("sections")
        .properties()
        .forEach(s -> states.put(s.getKey(), s.getValue().path("state").asText()));
    return states;
  }

  private static String difference(Map<String, String> whole, Map<String, String> seen) {
    Map<String, Integer> counts = new TreeMap<>();
    List<String> named = new ArrayList<>();
    seen.forEach((section, state) -> {
      if (!state.equals(whole.get(section))) {
        counts.merge(state, 1, Integer::sum);
        named.add(section + " " + state);
      }
    });
    if (named.isEmpty()) {
      return "none";
    }
    return named.size() <= 2
        ? String.join(", ", named)
        : named.size() + " sections: " + counts.toString().replaceAll("[{}]", "");
  }
}
