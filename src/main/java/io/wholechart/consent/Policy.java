package io.wholechart.consent;

import java.util.Set;

/**
 * What the site decides for everybody.
 *
 * @param part2Sources the sources of which everything is treated as labelled
 * @param showsWithheld whether an answer may say that something is kept back
 * @param openTo the purposes of use to which what is labelled is open
 */
public record Policy(Set<String> part2Sources, boolean showsWithheld, Set<String> openTo) {
  public Policy {
    part2Sources = Set.copyOf(part2Sources);
    openTo = Set.copyOf(openTo);
  }
}
