package io.wholechart.merge;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Conflict.Claim;
import io.wholechart.patient.Conflict.Kind;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who says what about one thing, value by value, in the order in which the values came up. */
final class Claims {
  private final Map<String, List<Entry>> entriesByValue = new LinkedHashMap<>();

  void add(String value, Entry entry) {
    entriesByValue.computeIfAbsent(value, _ -> new ArrayList<>(2)).add(entry);
  }

  /** How many different values there are. */
  int size() {
    return entriesByValue.size();
  }

  Conflict conflict(Section section, Kind kind, String element) {
    List<Claim> claims = new ArrayList<>(size());
    entriesByValue.forEach((value, entries) -> {
      List<String> sources = entries.stream().map(Entry::source).distinct().toList();
      claims.add(new Claim(value, sources, entries));
    });
    return new Conflict(section, kind, element, claims);
  }
}
