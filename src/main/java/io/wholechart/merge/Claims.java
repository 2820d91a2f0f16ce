package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Claim;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.patient.Stated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who says what about one thing, value by value, in the order in which the values came up. */
final class Claims {
  private final Map<Stated, List<Entry>> entriesByValue = new LinkedHashMap<>();
  private final Map<Stated, String> words = new HashMap<>();

  void add(String value, Entry entry) {
    add(new Stated(value, null), entry);
  }

  /** Values that are plainly the same are one, in the words in which it came up first. */
  void add(Stated value, Entry entry) {
    Stated plain = value.plain();
    words.putIfAbsent(plain, value.words());
    entriesByValue.computeIfAbsent(plain, _ -> new ArrayList<>(2)).add(entry);
  }

  /** How many different values there are. */
  int size() {
    return entriesByValue.size();
  }

  /**
   * Whether two sources have a value each that the other one lacks. A source that took two
   * specimens in one minute contradicts nobody who has one of the values.
   */
  boolean isContradicted() {
    Map<String, Set<Stated>> bySource = new HashMap<>();
    entriesByValue.forEach((value, entries) -> {
      for (Entry entry : entries) {
        bySource.computeIfAbsent(entry.source(), _ -> new HashSet<>()).add(value);
      }
    });
    for (Set<Stated> one : bySource.values()) {
      for (Set<Stated> other : bySource.values()) {
        if (!one.containsAll(other) && !other.containsAll(one)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether no two values are of one unit, so that nobody can say that they differ. */
  boolean isOfDifferentUnits() {
    Set<@Nullable String> units = new HashSet<>();
    for (Stated value : entriesByValue.keySet()) {
      if (!units.add(value.unit())) {
        return false;
      }
    }
    return true;
  }

  Conflict conflict(Section section, Kind kind, String element) {
    List<Claim> claims = new ArrayList<>(size());
    entriesByValue.forEach((value, entries) -> {
      List<String> sources = entries.stream().map(Entry::source).distinct().toList();
      claims.add(new Claim(words.getOrDefault(value, ""), sources, entries));
    });
    return new Conflict(section, kind, element, claims);
  }
}
