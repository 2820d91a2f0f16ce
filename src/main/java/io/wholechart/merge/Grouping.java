package io.wholechart.merge;

import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of one section together that say the same.
 *
 * <p>Which entries those are must not depend on who answered first. So nobody joins a group while
 * it grows: first everything that has something in common is tied together, whatever the order, and
 * only then is it looked at what of that is a group.
 */
final class Grouping {
  private final Section section;
  private final List<Tied> all;
  private final Map<Key, Object> byKey; // a Tied, or Together where there are several
  private final List<Together> together = new ArrayList<>();

  /** The same thing at the same time. */
  private record Key(String type, Object subject, ClinicalTime time) {}

  Grouping(Section section, List<Entry> entries) {
    this.section = section;
    this.all = new ArrayList<>(entries.size());
    this.byKey = HashMap.newHashMap(entries.size());
    for (Entry entry : entries) {
      add(entry);
    }
    for (Together sameThing : together) {
      sameThing.tie();
    }
  }

  private void add(Entry entry) {
    ResourceFacts facts = entry.facts();
    @Nullable ClinicalTime time = facts.time();
    // Without a time nothing says that two are one, however alike.
    Collection<?> subjects = time == null ? List.of() : Subject.of(section, facts);
    var tied = new Tied(entry, all.size(), subjects);
    all.add(tied);
    if (time != null) {
      for (Object subject : subjects) {
        put(new Key(facts.type(), subject, time), tied);
      }
    }
  }

  private void put(Key key, Tied tied) {
    @Nullable Object before = byKey.putIfAbsent(key, tied);
    if (before instanceof Together several) {
      several.add(tied);
    } else if (before instanceof Tied one) {
      var both = new Together(one, tied);
      byKey.put(key, both);
      together.add(both);
    }
  }

  /** What contradicts itself of what was told of the same thing at the same time. */
  void conflicts(Set<Conflict> conflicts) {
    for (Together sameThing : together) {
      switch (section) {
        case RESULTS -> ValueConflicts.among(sameThing.entries(), conflicts);
        case MEDICATIONS -> DosageConflicts.among(sameThing.entries(), conflicts);
        case PATIENT,
            ALLERGIES,
            CONDITIONS,
            IMAGING,
            ENCOUNTERS,
            IMMUNIZATIONS,
            PROCEDURES,
            DOCUMENTS -> {}
      }
    }
  }

  /** The entries, each group where the first of it stood. */
  List<MergedEntry> merged() {
    List<MergedEntry> merged = new ArrayList<>(all.size());
    for (Tied tied : all) {
      if (tied.isRootOfSeveral()) {
        Groups.of(section, tied.together());
      }
    }
    for (Tied tied : all) {
      if (!tied.isTaken()) {
        merged.add(new MergedEntry(tied.originals()));
      }
    }
    return merged;
  }
}
