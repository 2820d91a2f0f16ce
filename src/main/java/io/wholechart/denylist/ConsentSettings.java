package io.wholechart.denylist;

import io.wholechart.consent.BreakGlass;
import io.wholechart.consent.Policy;
import java.util.Set;

/**
 * The block {@code consent}: what is kept from callers who may read a chart.
 *
 * @param showWithheld whether an answer says that something is kept back
 * @param openTo the purposes of use, as a token states them, to which labelled entries are open
 */
public record ConsentSettings(
    boolean showWithheld,
    Set<String> openTo,
    DenyListSettings denyList,
    BreakGlass.Settings breakGlass) {
  private static final String BREAK_THE_GLASS = "BTG";

  public ConsentSettings {
    openTo = Set.copyOf(openTo);
    if (openTo.contains(BREAK_THE_GLASS)) {
      throw new IllegalArgumentException(
          "openTo names BTG, for which a reason is given with X-Break-Glass and by no token");
    }
  }

  /**
   * What that is for each request.
   *
   * @param part2Sources the sources that are configured as Part 2
   */
  public Policy policy(Set<String> part2Sources) {
    return new Policy(part2Sources, showWithheld, openTo);
  }
}
