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
  private final JsonNode record;
  private final Map<String, String> unexpected = new HashMap<>();
  private final List<String> deviations = new ArrayList<>();

  private FaultCheck(
      PatientMark patient, Map<String, Fault> faults, Answered answered, Journal journal) {
    this.patient = patient;
    this.faults = faults;
    this.answered = answered;
    this.answer = answered.json();
    this.record = journal.of(answered.requestId());
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
    FaultCheck check = begin(site, patient, urgency, faults);
    check.compare(log, deadline);
    return check;
  }

  /**
   * The same in a crowd, where a source that is well may be too slow: then the answer must be right
   * for one that was.
   */
  static FaultCheck askInCrowd(
      FaultySite site,
      LogCapture log,
      PatientMark patient,
      Urgency urgency,
      Duration deadline,
      Map<String, Fault> faults)
      throws Exception {
    FaultCheck check = begin(site, patient, urgency, faults);
    for (JsonNode access : check.record.path("sources")) {
      String source = access.path("source").asText();
      String seen = access.path("outcome").asText();
      boolean isOfHaste = seen.equals("timeout") || seen.equals("partial");
      if (isOfHaste && !seen.equals(check.expectedStatus(source))) {
        check.unexpected.put(source, seen);
      }
    }
    check.compare(log, deadline);
    return check;
  }

  private static FaultCheck begin(
      FaultySite site, PatientMark patient, Urgency urgency, Map<String, Fault> faults)
      throws Exception {
    String path = "/patients/" + patient.id() + "?urgency=" + urgency.key();
    return new FaultCheck(patient, faults, site.caller.get(path), site.journal);
  }

  private void compare(LogCapture log, Duration deadline) {
    status();
    sections();
    sources();
    nothingLeaks(log);
    audit();
    if (answered.elapsedMs() > deadline.plus(SLACK).toMillis()) {
      deviations.add("answered after " + answered.elapsedMs() + " ms");
    }
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
    Map<String, Contribution> contributions = contributions();
    boolean isNothing = contributions.values().stream().allMatch(Contribution.MISSING::equals);
    boolean isTime = Fault.SOURCES.stream().allMatch(s -> "timeout".equals(expectedStatus(s)));
    if (!isNothing || !unexpected.containsValue("partial")) { // which may be something or nothing
      expect("HTTP", isNothing ? isTime ? 504 : 503 : 200, answered.status());
    }
  }

  private void sections() {
    if (answered.status() == 200) {
      expect("sections", lacking(ExpectedSections.of(contributions())), lacking(seenSections()));
    }
  }

  /** Of a part of an answer it is not known which sections it holds something of. */
  private Map<String, String> lacking(Map<String, String> states) {
    if (unexpected.containsValue("partial")) {
      states.replaceAll((_, state) -> state.equals("incomplete") ? "unknown" : state);
    }
    return states;
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
      boolean isHeard = !source.equals("imaging") && !unexpected.containsKey(source);
      if (isHeard && faults.get(source) == Fault.CONFLICTING_BIRTH_DATE) {
        boolean isTold = answer.at("/data/patient/conflicts").toString().contains("\"birthDate\"");
        expect("conflict of birth dates told", true, isTold || !isAnotherThere(source));
      }
    }
  }

  /** Whether anybody else has a birth date to compare with. */
  private boolean isAnotherThere(String source) {
    return List.of("ehr", "lab", "pharmacy").stream()
        .filter(other -> !other.equals(source))
        .anyMatch(other -> !faults.containsKey(other) && !unexpected.containsKey(other));
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

  private void audit() {
    expect("recorded HTTP", answered.status(), record.path("httpStatus").asInt());
    expect("recorded patient", patient.id(), record.path("patientId").asText());
    for (JsonNode access : record.path("sources")) {
      String source = access.path("source").asText();
      expect("recorded of " + source, expectedStatus(source), access.path("outcome").asText());
    }
  }

  private String expectedStatus(String source) {
    return unexpected.containsKey(source)
        ? unexpected.get(source)
        : faults.containsKey(source) ? faults.get(source).status(source) : "ok";
  }

  private Map<String, Contribution> contributions() {
    Map<String, Contribution> contributions = contributions(faults);
    unexpected.keySet().forEach(source -> contributions.put(source, Contribution.MISSING));
    return contributions;
  }

  private static Map<String, Contribution> contributions(Map<String, Fault> faults) {
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
