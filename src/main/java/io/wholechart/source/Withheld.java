package io.wholechart.source;

import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a source is kept from whoever asks. How much that is, stands in the audit log and never
 * in an answer: it would tell what is there.
 *
 * @param said the sections of which the answer says so, whether or not there was anything
 * @param unsaid the sections of which something was kept back and nothing may be said
 * @param isOtherSaid whether it says so of what is in no section
 * @param entries how many, by the section's key, {@code other} for what is in none
 * @param lifted what is shown although a label or the deny list keeps it back: the glass is broken
 */
public record Withheld(
    Set<Section> said,
    Set<Section> unsaid,
    boolean isOtherSaid,
    Map<String, Integer> entries,
    List<Entry> lifted) {
  /** The word for what is in no section. */
  public static final String OTHER = "other";

  public static final Withheld NOTHING =
      new Withheld(Set.of(), Set.of(), false, Map.of(), List.of());

  public Withheld {
    said = Set.copyOf(said);
    unsaid = Set.copyOf(unsaid);
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries)); // in this order
    lifted = List.copyOf(lifted);
  }

  /** Whether the answer may tell that there is something that is kept back. */
  public boolean isTold() {
    for (String key : entries.keySet()) {
      @Nullable Section section = Section.named(key).orElse(null);
      boolean isSaid = section == null ? isOtherSaid : said.contains(section);
      if (isSaid && (section == null || !unsaid.contains(section))) {
        return true;
      }
    }
    return false;
  }

  public int count() {
    int count = 0;
    for (int its : entries.values()) {
      count += its;
    }
    return count;
  }
}
