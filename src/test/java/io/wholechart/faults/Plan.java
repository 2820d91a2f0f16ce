package io.wholechart.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which source has which fault, patient by patient: so that many can be asked for at the same time,
 * each of whom finds a hospital that is ill in a way of its own.
 */
final class Plan {
  private final Map<PatientMark, Map<String, Fault>> faults = new ConcurrentHashMap<>();
  private final Map<PatientMark, CountDownLatch> late = new ConcurrentHashMap<>();
  private final Map<Fault, String> redirects;
  private final Duration afterTheDeadline;

  /**
   * @param afterTheDeadline when an answer is certainly late
   */
  Plan(Map<Fault, String> redirects, Duration afterTheDeadline) {
    this.redirects = redirects;
    this.afterTheDeadline = afterTheDeadline;
  }

  void put(PatientMark patient, Map<String, Fault> bySource) {
    faults.put(patient, bySource);
    if (bySource.containsValue(Fault.LATE_ANSWER)) {
      late.put(patient, new CountDownLatch(1));
    }
  }

  @Nullable Fault fault(String source, PatientMark patient) {
    return faults.getOrDefault(patient, Map.of()).get(source);
  }

  String redirect(Fault fault) {
    return redirects.get(fault);
  }

  Duration afterTheDeadline() {
    return afterTheDeadline;
  }

  void wasLate(PatientMark patient) {
    late.get(patient).countDown();
  }

  /** Waits for the late answer, where there is one. */
  void awaitLate(PatientMark patient) throws InterruptedException {
    CountDownLatch answer = late.get(patient);
    if (answer != null && !answer.await(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the late answer was never given");
    }
  }
}
