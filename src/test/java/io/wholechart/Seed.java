package io.wholechart;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Where the property tests get their chance from. The seed is fixed, so that a build that was green
 * stays green; {@code -Dwholechart.seed=N} looks elsewhere.
 */
public final class Seed {
  private static final long SEED = Long.getLong("wholechart.seed", 7);

  private Seed() {}

  /** The chance of one case: it does not depend on how much the cases before it used up. */
  public static RandomGenerator random(int round) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED * 1_000_003 + round);
  }

  /** What an assertion says, so that the case can be found again. */
  public static String describe(int round) {
    return "case " + round + " of seed " + SEED;
  }
}
