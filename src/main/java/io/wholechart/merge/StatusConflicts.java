package io.wholechart.merge;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds drugs, conditions and allergies that one source calls active and another does not.
 *
 * <p>Of each source the newest word counts: that a drug was stopped last year and prescribed again
 * since is its history and no conflict. Between sources times are not compared. A prescription that
 * the pharmacy has ended keeps the date on which it was written.
 */
final class StatusConflicts {
  private StatusConflicts() {}

  static void among(Section section, List<Entry> entries, Set<Conflict> conflicts) {
    Map<Object, Map<String, Newest>> bySubject = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (Standing.of(section, entry.facts()) != Standing.UNSTATED) {
        for (Object subject : Subject.of(section, entry.facts())) {
          bySubject
              .computeIfAbsent(subject, _ -> new LinkedHashMap<>(2))
              .computeIfAbsent(entry.source(), _ -> new Newest())
              .add(entry);
        }
      }
    }
    for (Map<String, Newest> bySource : bySubject.values()) {
      if (bySource.size() > 1) {
        compare(section, bySource, conflicts);
      }
    }
  }

  /** The newest entries of a source; what has no time is never outdated. */
  private static final class Newest {
    private final List<Entry> withoutTime = new ArrayList<>(0);
    private final List<Entry> newest = new ArrayList<>(1);
    private @Nullable ClinicalTime time;

    void add(Entry entry) {
      @Nullable ClinicalTime its = entry.facts().time();
      if (its == null) {
        withoutTime.add(entry);
        return;
      }
      int isNewer = time == null ? 1 : its.compareTo(time);
      if (isNewer > 0) {
        newest.clear();
        time = its;
      }
      if (isNewer >= 0) {
        newest.add(entry);
      }
    }

    List<Entry> all() {
      List<Entry> all = new ArrayList<>(newest);
      all.addAll(withoutTime);
      return all;
    }
  }

  private static void compare(
      Section section, Map<String, Newest> bySource, Set<Conflict> conflicts) {
    var claims = new Claims();
    Set<String> holding = new HashSet<>();
    Set<String> ending = new HashSet<>();
    boolean isWithdrawn = false;
    for (Newest newest : bySource.values()) {
      for (Entry entry : newest.all()) {
        boolean holds = Standing.of(section, entry.facts()) == Standing.HOLDS;
        (holds ? holding : ending).add(entry.source());
        isWithdrawn |= Standing.isWithdrawn(entry.facts().verificationStatus());
        claims.add(Standing.word(entry.facts()), entry);
      }
    }
    boolean isOfTwoSources =
        !holding.isEmpty()
            && !ending.isEmpty()
            && (holding.size() > 1 || ending.size() > 1 || !holding.equals(ending));
    if (isOfTwoSources) {
      conflicts.add(claims.conflict(section, Kind.STATUS, element(section, isWithdrawn)));
    }
  }

  private static String element(Section section, boolean isWithdrawn) {
    return section == Section.MEDICATIONS
        ? "status"
        : isWithdrawn ? "verificationStatus" : "clinicalStatus";
  }
}
