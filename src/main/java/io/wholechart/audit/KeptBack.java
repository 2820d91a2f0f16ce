package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was kept from who asked, and what was shown only because the glass was broken.
 *
 * @param withheld how many entries of each section were kept back
 * @param lifted how many were shown by breaking the glass
 * @param names which these were, the first of them: {@code ehr/Condition/c-1}
 */
public record KeptBack(Map<String, Integer> withheld, int lifted, List<String> names) {
  public static final int MOST_NAMES = 200;
  public static final KeptBack NOTHING = new KeptBack(Map.of(), 0, List.of());

  public KeptBack {
    withheld = Collections.unmodifiableMap(new LinkedHashMap<>(withheld)); // in this order
    require(withheld.size() <= 64, "withheld", "are at most 64");
    for (var section : withheld.entrySet()) {
      Wording.word("withheld", section.getKey());
      Wording.number("withheld", section.getValue());
    }
    names = List.copyOf(names);
    require(
        names.size() == Math.min(lifted, MOST_NAMES),
        "names",
        "are those of all that is lifted, at most " + MOST_NAMES);
    names.forEach(name -> Wording.word("names", name));
  }
}
