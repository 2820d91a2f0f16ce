package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.faults.Canary;
import io.wholechart.faults.Contribution;
import io.wholechart.faults.ExpectedSections;
import io.wholechart.faults.Fault;
import io.wholechart.faults.PatientMark;
import io.wholechart.patient.Urgency;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One answer beside what the contract wants of it, where these sources have these faults. */
final class FaultCheck {
  /** What an answer may take beyond its deadline: the machine's own delays, and none of ours. */
  static final Duration SLACK = Duration.ofMillis(250);

  final PatientMark patient;
  final Answered answered;
  private final Map<String, Fault> faults;
  private final JsonNode answer;
  private final List<String> deviations = new ArrayList<>();

  private FaultCheck(PatientMark patient, Map<String, Fault> faults, Answered answered) {
    this.patient = patient;
    this.faults = faults;
    this.answered = answered;
    this.answer = answered.json();
  }

  /** Asks for the patient, and compares. */
  static FaultCheck ask(
      FaultySite site,
      LogCapture log,
      PatientMark patient,
      Urgency urgency,
      Duration deadline,
      Map<String, Fault> faults)
      throws Exception {
    var check =
        new FaultCheck(
            patient,
            faults,
            site.caller.get("/patients/" + patient.id() + "?urgency=" + urgency.key()));
    check.status();
    check.sections();
    check.sources();
    check.nothingLeaks(log);
    check.audit(site.journal);
    if (check.answered.elapsedMs() > deadline.plus(SLACK).toMillis()) {
      check.deviations.add("answered after " + check.answered.elapsedMs() + " ms");
    }
    return check;
  }

  List<String> deviations() {
    return deviations;
  }

  String seenStatus(String source) {
    return answer
        .path("sourceStatus")
        .valueStream()
        .filter(status -> status.path("source").asText().equals(source))
        .map(status -> status.path("status").asText())
        .findFirst()
        .orElse("-");
  }

  int attempts(String source) {
    return answer
        .path("sourceStatus")
        .valueStream()
        .filter(status -> status.path("source").asText().equals(source))
        .mapToInt(status -> status.path("attempts").asInt())
        .sum();
  }

  /** The sections that are not as they are when all is well. */
  String sectionsThatDiffer() {
    Map<String, String> whole = ExpectedSections.of(contributions(Map.of()));
    Map<String, List<String>> byState = new TreeMap<>();
    seenSections()
        .forEach((section, state) -> {
          if (!state.equals(whole.get(section))) {
            byState.computeIfAbsent(state, _ -> new ArrayList<>()).add(section);
          }
        });
    List<String> words = new ArrayList<>();
    byState.forEach((state, sections) ->
        words.add(
            sections.size() > 2
                ? sections.size() + " " + state
                : state + " " + String.join(", ", sections)));
    return words.isEmpty() ? "none" : String.join("; ", words);
  }

  private void status() {
    Map<String, Contribution> contributions = contributions(faults);
    boolean isNothing = contributions.values().stream().allMatch(Contribution.MISSING::equals);
    boolean isTime = Fault.SOURCES.stream().allMatch(s -> "timeout".equals(expectedStatus(s)));
    expect("HTTP", isNothing ? isTime ? 504 : 503 : 200, answered.status());
  }

  private void sections() {
    if (answered.status() == 200) {
      expect("sections", ExpectedSections.of(contributions(faults)), seenSections());
    }
  }

  private void sources() {
    if (answered.status() != 200) {
      return;
    }
    for (String source : Fault.SOURCES) {
      expect(source, expectedStatus(source), seenStatus(source));
      int most = faults.containsKey(source) ? faults.get(source).mostAttempts() : 1;
      if (attempts(source) > most) {
        deviations.add(source + " was asked " + attempts(source) + " times");
      }
      if (faults.get(source) == Fault.CONFLICTING_BIRTH_DATE && !source.equals("imaging")) {
        boolean isTold = answer.at("/data/patient/conflicts").toString().contains("\"birthDate\"");
        expect("conflict of birth dates told", true, isTold || !isAnotherThere(source));
      }
    }
  }

  /** Whether anybody else has a birth date to compare with. */
  private boolean isAnotherThere(String source) {
    return List.of("ehr", "lab", "pharmacy").stream()
        .filter(other -> !other.equals(source))
        .anyMatch(other -> !faults.containsKey(other));
  }

  private void nothingLeaks(LogCapture log) {
    String all = answered.response().headers().map() + answered.body();
    expect(
        "foreign values", 0, patient.lookThrough(all.getBytes(StandardCharsets.UTF_8)).foreign());
    for (String source : faults.keySet()) {
      String canary = Canary.of(source, patient);
      expect("text of " + source + " in the answer", false, all.contains(canary));
      expect("text of " + source + " in the log", "", log.linesWith(canary));
    }
    expect("patient in the log", "", log.linesWith(patient.id()));
  }

  private void audit(Journal journal) {
    JsonNode record = journal.of(answered.requestId());
    expect("recorded HTTP", answered.status(), record.path("httpStatus").asInt());
    expect("recorded patient", patient.id(), record.path("patientId").asText());
    for (JsonNode access : record.path("sources")) {
      String source = access.path("source").asText();
      expect("recorded of " + source, expectedStatus(source), access.path("outcome").asText());
    }
  }

  private String expectedStatus(String source) {
    return faults.containsKey(source) ? faults.get(source).status(source) : "ok";
  }

  static Map<String, Contribution> contributions(Map<String, Fault> faults) {
    Map<String, Contribution> contributions = new HashMap<>();
    for (String source : Fault.SOURCES) {
      contributions.put(
          source,
          faults.containsKey(source)
              ? faults.get(source).contribution(source)
              : Contribution.WHOLE);
    }
    return contributions;
  }

  private Map<String, String> seenSections() {
    Map<String, String> states = new TreeMap<>();
    answer
        .path("sections")
        .properties()
        .forEach(s -> states.put(s.getKey(), s.getValue().path("state").asText()));
    return states;
  }

  private void expect(String what, Object expected, Object seen) {
    if (!expected.equals(seen)) {
      deviations.add(what + ": expected " + expected + ", seen " + seen);
    }
  }
}
