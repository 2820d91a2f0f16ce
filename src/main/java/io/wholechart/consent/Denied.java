package io.wholechart.consent;

import io.wholechart.patient.Section;
import java.util.Optional;
import java.util.Set;

/**
 * What of one patient's chart nobody may see.
 *
 * @param isWhole whether it is everything, what is in no section included
 */
public record Denied(boolean isWhole, Set<Section> sections) {
  public static final Denied NOTHING = new Denied(false, Set.of());
  public static final Denied EVERYTHING = new Denied(true, Set.of(Section.values()));

  public Denied {
    sections = Set.copyOf(sections);
  }

  boolean isNothing() {
    return sections.isEmpty();
  }

  boolean includes(Optional<Section> section) {
    return section.map(sections::contains).orElse(isWhole);
  }
}
