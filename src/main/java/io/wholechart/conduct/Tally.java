package io.wholechart.conduct;

/** Counts in windows that follow one another, and tells once a window that it is too much. */
final class Tally {
  private final int most;
  private final long window;
  private long began;
  private long count;

  Tally(ConductSettings.Emergencies settings, long now) {
    this.most = settings.requests();
    this.window = settings.within().toNanos();
    this.began = now;
  }

  /** Whether these are the ones that are too many, where it was not so before. */
  boolean goesBeyond(int more, long now) {
    if (now - began >= window) {
      began = now;
      count = 0;
    }
    boolean wasBeyond = count > most;
    count += more;
    return !wasBeyond && count > most;
  }
}
