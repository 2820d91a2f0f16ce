package io.wholechart.conduct;

import io.wholechart.access.Caller;
import io.wholechart.conduct.Verdict.Alarm;
import io.wholechart.patient.PatientId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Judges requests by what their callers did before. */
public final class Conduct {
  /** Each costs some 200 bytes, and four or eight for each patient of the last while. */
  private static final int MOST_CALLERS = 10_000;

  private final ConductSettings settings;
  private final int mostCallers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Who, History> histories = new LinkedHashMap<>(16, 0.75f, true);

  public Conduct(ConductSettings settings) {
    this(settings, MOST_CALLERS);
  }

  Conduct(ConductSettings settings, int mostCallers) {
    this.settings = settings;
    this.mostCallers = mostCallers;
  }

  /** Who it is, whichever of their tokens they show. */
  private record Who(@Nullable String issuer, @Nullable String subject, @Nullable String client) {}

  private static final class History {
    final Allowance allowance;
    final Distinct patients;
    final Tally emergencies;

    History(ConductSettings settings, long now) {
      allowance = new Allowance(settings.rate(), now);
      patients = new Distinct(settings.walk(), now);
      emergencies = new Tally(settings.emergencies(), now);
    }
  }

  /**
   * Of a request for so many charts.
   *
   * @param patients whose charts they are; fewer than that where it is to be found out
   * @param isEmergency and entitled to it
   * @param now nanoseconds of a clock that never goes back
   */
  public Verdict of(
      Caller caller, int charts, List<PatientId> patients, boolean isEmergency, long now) {
    if (caller.issuer() == null && caller.subject() == null) {
      return Verdict.NOTHING;
    }
    lock.lock();
    try {
      History history = history(caller, now);
      Duration wait = charts == 0 ? Duration.ZERO : history.allowance.take(charts, now);
      Set<Alarm> alarms = EnumSet.noneOf(Alarm.class);
      if (history.patients.goesBeyond(patients, now)) {
        alarms.add(Alarm.WALK);
      }
      if (isEmergency && history.emergencies.goesBeyond(charts, now)) {
        alarms.add(Alarm.EMERGENCIES);
      }
      boolean isServed = isEmergency || wait.isZero();
      return isServed && alarms.isEmpty()
          ? Verdict.NOTHING
          : new Verdict(isServed ? Duration.ZERO : wait, alarms);
    } finally {
      lock.unlock();
    }
  }

  private History history(Caller caller, long now) {
    var who = new Who(caller.issuer(), caller.subject(), caller.client());
    @Nullable History known = histories.get(who);
    if (known != null) {
      return known;
    }
    var begun = new History(settings, now);
    histories.put(who, begun);
    if (histories.size() > mostCallers) {
      histories.remove(histories.keySet().iterator().next());
    }
    return begun;
  }
}
