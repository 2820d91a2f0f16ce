package io.wholechart.source;

/**
 * The block {@code hedge}: whether an emergency may ask a second replica before the first has
 * answered.
 *
 * @param maxPercent for how many of a hundred calls at most; 0 for none
 */
public record HedgeSettings(int maxPercent) {
  public HedgeSettings {
    if (maxPercent < 0 || maxPercent > 50) {
      throw new IllegalArgumentException("maxPercent must be from 0 to 50");
    }
  }
}
